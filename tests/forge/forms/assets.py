"""A provincial form outside the nine: vehicles and equipment held.

Knows that real files hold tables nobody asked for. Records no figures: it is not one of the forms
whose truth is wanted.
"""

from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import Ledger, VehicleType

VEHICLE_ROWS = {
    VehicleType.LEADER: "1.领导干部用车",
    VehicleType.COURIER: "2.机要通信用车",
    VehicleType.EMERGENCY: "3.应急保障用车",
    VehicleType.ENFORCEMENT: "4.执法执勤用车",
    VehicleType.SPECIAL: "5.特种专业技术用车",
    VehicleType.RETIRED: "6.离退休干部用车",
    VehicleType.OTHER: "7.其他用车",
}


def asset_holdings(ledger: Ledger) -> Grid:
    """Lay out the form."""
    held = ledger.assets
    builder = GridBuilder((60, 20))
    builder.put_texts(builder.start_row(), ["资产项目", "年末数量"])
    builder.end_header()
    vehicles = ((label, held.vehicles.get(kind, 0)) for kind, label in VEHICLE_ROWS.items())
    rows = (
        ("一、车辆合计", held.vehicle_total),
        *vehicles,
        ("二、单价100万元（含）以上设备（不含车辆）", held.over_1m),
    )
    for label, count in rows:
        row = builder.start_row()
        builder.put(GridCell(label, row, 0, align=Align.LEFT))
        builder.put(GridCell(str(count), row, 1))
    return builder.build()
