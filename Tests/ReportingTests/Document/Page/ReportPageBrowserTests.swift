import Foundation
import Testing

@testable import Reporting

/// What a browser makes of the page of a report.
@Suite(
    "Page of a report in a browser", .serialized,
    .enabled(if: Browser.path != nil, "there is no Chromium in PATH, and CONFAB_BROWSER names no browser"))
struct ReportPageBrowserTests {
    /// A page that shows another in a frame of some width, since the page itself runs no script and a browser's window has a least width, and
    /// writes down what it finds.
    private func framed(_ document: ReportDocument, width: Int) -> String {
        """
        <!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
        <iframe id="frame" style="width: \(width)px; height: 800px; border: 0" srcdoc=\(XMLText.attribute(document.html))></iframe>
        <script>
        window.onload = () => {
          const found = document.documentElement.dataset;
          const frame = document.getElementById('frame').contentWindow;
          const page = frame.document;
          const shown = (selector) => [...page.querySelectorAll(selector)].filter((item) => item.getBoundingClientRect().width > 0);
          found.ground = frame.getComputedStyle(page.body).backgroundColor;
          found.pwned = String(window.pwned) + String(frame.pwned);
          found.scripts = String(page.scripts.length + page.images.length);
          found.wide = String(page.documentElement.scrollWidth > \(width));
          found.title = page.title;
          found.charts = String(shown('svg').length);
          found.small = String(shown('svg text').filter((text) => text.getBoundingClientRect().height < 9).length);
          const out = (text) => {
            const [inner, outer] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
            return inner.left < outer.left - 3 || inner.right > outer.right + 3 || inner.bottom > outer.bottom + 3;
          };
          found.cut = shown('svg text').filter(out).map((text) => text.textContent).join('; ');
        };
        </script>
        """
    }

    private func value(_ name: String, in document: String) throws -> Substring {
        let start = try #require(document.firstRange(of: "data-\(name)=\""), "the page was not shown")
        return document[start.upperBound...].prefix { $0 != "\"" }
    }

    @Test(
        "charts and tables fit on a desktop and on a phone, in light and dark, and the browser complains of nothing",
        arguments: [(1280, false), (1280, true), (390, false), (390, true)])
    func draws(width: Int, isDark: Bool) throws {
        let outcome = try Browser.open(
            framed(SampleReport.document(), width: width), isDark: isDark, width: max(500, width + 20))
        #expect(outcome.console.isEmpty, "\(outcome.console)")
        #expect(try value("ground", in: outcome.document) == (isDark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)"))
        #expect(try value("charts", in: outcome.document) == "5")
        #expect(try value("wide", in: outcome.document) == "false")
        #expect(try value("small", in: outcome.document) == "0")
        #expect(try value("cut", in: outcome.document) == "")
    }

    @Test("names that try to be markup or script are text", arguments: [1280, 390])
    func hostile(width: Int) throws {
        let document = SampleReport.document(name: SampleReport.hostile)
        let outcome = try Browser.open(framed(document, width: width), width: max(500, width + 20))
        #expect(outcome.console.isEmpty, "\(outcome.console)")
        #expect(try value("pwned", in: outcome.document) == "undefinedundefined")
        #expect(try value("scripts", in: outcome.document) == "0")
        #expect(try value("wide", in: outcome.document) == "false")
        #expect(try value("title", in: outcome.document).contains("&lt;script&gt;window.pwned=1"))
    }
}
