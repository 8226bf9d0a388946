"""One crawl of one site, in a process of its own: ``python -m pipelines.acquiring.crawling``.

Knows how a crawl is set up and how it ends. Does not know what is asked, nor other sites. The
order comes as a line of JSON on standard input; what was found goes into the raw store as it is
found, and a summary to standard output. When standard input ends, whoever ordered the crawl is
gone, and so is this process.

A process of its own, because Twisted's reactor cannot be started twice, because Scrapy keeps whole
answers in memory, and because a hostile page may do no more than end it.
"""

import logging
import os
import sys
import threading
from contextlib import nullcontext
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from pipelines.acquiring.crawl_network import (
    ConsiderateThrottle,
    GatekeeperMiddleware,
    PatientRetryMiddleware,
    PublicResolver,
    RobotsMiddleware,
)
from pipelines.acquiring.crawl_orders import Crawl, CrawlOrder, CrawlReport
from pipelines.acquiring.raw_store import RawStore
from pipelines.acquiring.site_catalogue import MEBIBYTE
from pipelines.acquiring.site_spider import SiteSpider
from pipelines.acquiring.wholeness import SiteEndings


def scrapy_settings(order: CrawlOrder) -> dict[str, Any]:
    """Scrapy's settings for a crawl."""
    site = order.site
    polite = site.politeness
    base = "scrapy.downloadermiddlewares"
    return {
        "JUESUAN_NETWORKS": site.private_networks,
        "USER_AGENT": order.user_agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "juesuan",
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": polite.delay_seconds,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": polite.concurrency,
        "CONCURRENT_REQUESTS": 2 * polite.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": polite.concurrency,
        "DOWNLOAD_DELAY": polite.delay_seconds,
        "DOWNLOAD_TIMEOUT": polite.timeout_seconds,
        "DOWNLOAD_MAXSIZE": site.budget.document_mebibytes * MEBIBYTE,
        "DOWNLOAD_WARNSIZE": 0,
        # What came tells by its own end whether it is whole, as stated lengths are often wrong.
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "DOWNLOADER_MIDDLEWARES": {
            f"{base}.offsite.OffsiteMiddleware": None,
            f"{base}.httpauth.HttpAuthMiddleware": None,
            f"{base}.httpproxy.HttpProxyMiddleware": None,
            f"{base}.cookies.CookiesMiddleware": None,
            f"{base}.retry.RetryMiddleware": None,
            f"{base}.robotstxt.RobotsTxtMiddleware": None,
            GatekeeperMiddleware: 10,
            RobotsMiddleware: 100,
            PatientRetryMiddleware: 550,
        },
        "TWISTED_DNS_RESOLVER": PublicResolver,
        "RETRY_TIMES": polite.retries,
        "REDIRECT_MAX_TIMES": 5,
        # A page that only sends browsers on does so at once; one that waits renews itself.
        "METAREFRESH_MAXDELAY": 5,
        "METAREFRESH_IGNORE_TAGS": ["noscript"],
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            ConsiderateThrottle: 0,
        },
        "REFERRER_POLICY": "no-referrer",
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "LOG_LEVEL": "INFO",
    }


def crawl_site(order: CrawlOrder) -> CrawlReport:
    """Crawl a site; the reactor of this process can do so only once."""
    store = RawStore(order.store)
    opened = nullcontext() if order.is_check else store.journal(order.site.site)
    with opened as journal:
        site = order.site.site
        crawl = Crawl(
            order=order,
            store=store,
            journal=journal,
            known={} if order.is_check else store.known_addresses(site),
            linked=store.linked_files(site),
            skipped_before=store.skipped_addresses(site),
            endings=SiteEndings.seen_before(store.page_endings(site)),
        )
        process = AsyncCrawlerProcess(scrapy_settings(order))
        process.crawl(SiteSpider, crawl=crawl)
        process.start()
    return crawl.finished_report()


def main() -> None:
    """Crawl as standard input orders, and report on standard output."""
    order = CrawlOrder.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_whoever_ordered, daemon=True).start()
    _limit_memory(order.memory_bytes)
    logging.captureWarnings(capture=True)
    report = crawl_site(order)
    sys.stdout.write(report.model_dump_json() + "\n")
    sys.stdout.flush()


def _end_with_whoever_ordered() -> None:
    sys.stdin.read()
    os._exit(1)


def _limit_memory(memory_bytes: int) -> None:
    """Let a hostile answer end this process rather than take the machine's memory."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


if __name__ == "__main__":
    main()
