"""A provincial form outside the nine: vehicles and equipment held, and perhaps their value.

Knows that its counts are no figures. Does not know any other form.
"""

from tests.forge.forms.writing import FormWriter, Row
from tests.forge.grid import Align, Grid, GridBuilder, GridCell
from tests.forge.ledger import Ledger, VehicleType
from tests.forge.styles import ExtraForm, HouseStyle

VEHICLE_ROWS = {
    VehicleType.LEADER: "1.领导干部用车",
    VehicleType.COURIER: "2.机要通信用车",
    VehicleType.EMERGENCY: "3.应急保障用车",
    VehicleType.ENFORCEMENT: "4.执法执勤用车",
    VehicleType.SPECIAL: "5.特种专业技术用车",
    VehicleType.RETIRED: "6.离退休干部用车",
    VehicleType.OTHER: "7.其他用车",
}
FEN_A_PIECE = 18_345_678


def asset_holdings(ledger: Ledger, style: HouseStyle) -> Grid:
    """Lay out the form."""
    titles = ["资产项目", "年末数量", *(["账面原值"] if style.values_assets else [])]
    builder = GridBuilder((60, *(20 for _ in titles[1:])))
    writer = FormWriter(ExtraForm.ASSET_HOLDINGS, style, style.zeros.items, builder)
    builder.put_texts(builder.start_row(), titles)
    builder.end_header()
    for label, count in _rows(ledger):
        row = builder.start_row()
        builder.put(GridCell(label, row, 0, align=Align.LEFT))
        builder.put(GridCell(str(count), row, 1))
        if style.values_assets:
            writer.write_amount(row, 2, Row(label), "original_value", count * FEN_A_PIECE)
    return builder.build()


def counts_of(ledger: Ledger) -> tuple[str, ...]:
    """Every number of the form that counts something."""
    return tuple(str(count) for _, count in _rows(ledger))


def _rows(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    held = ledger.assets
    vehicles = ((label, held.vehicles.get(kind, 0)) for kind, label in VEHICLE_ROWS.items())
    return (
        ("一、车辆合计", held.vehicle_total),
        *vehicles,
        ("二、单价100万元（含）以上设备（不含车辆）", held.over_1m),
    )
