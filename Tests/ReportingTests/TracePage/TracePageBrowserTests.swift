import Foundation
import Reporting
import Testing

/// What a browser makes of a page.
@Suite(
    "Page of a run in a browser", .serialized,
    .enabled(if: Browser.path != nil, "there is no Chromium in PATH, and CONFAB_BROWSER names no browser"))
struct TracePageBrowserTests {
    /// The page, and a script at its end that writes down what it finds.
    private func probed(_ page: TracePage) throws -> String {
        let probe = """
            <script>
            const found = document.documentElement.dataset;
            found.ground = getComputedStyle(document.body).backgroundColor;
            found.pwned = String(window.pwned);
            found.images = String(document.images.length);
            found.faded = String(document.querySelectorAll('.dot.faded, .cross.faded').length);
            found.wide = String(document.documentElement.scrollWidth > window.innerWidth);
            document.getElementById('view').dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true }));
            const press = (key) => document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
            const before = document.getElementById('space').offsetHeight;
            for (let times = 0; times < 8; times += 1) press('+');
            found.grown = String(document.getElementById('space').offsetHeight > before);
            found.cause = document.querySelector('#panel h2').textContent;
            </script>
            </body>
            """
        return try page.html.replacing("</body>", with: probe)
    }

    private func value(_ name: String, in document: String) throws -> Substring {
        let start = try #require(document.firstRange(of: "data-\(name)=\""))
        return document[start.upperBound...].prefix { $0 != "\"" }
    }

    @Test(
        "the page draws events, arrows, faults and what is shown, and complains of nothing", arguments: [false, true])
    func draws(isDark: Bool) throws {
        let outcome = try Browser.open(probed(SamplePage.page()), isDark: isDark)
        #expect(outcome.console.isEmpty)
        #expect(try value("drawn", in: outcome.document) == "3")
        #expect(try value("ground", in: outcome.document) == (isDark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)"))
        for part in [
            ">alice.phone</text>", ">chat_server.1</text>", "class=\"band crash\"", "class=\"lost", ">sends M1</tspan>",
            "> · shows M1</tspan>", "1.060000</text>", "a reason with M1</p>",
        ] {
            #expect(
                outcome.document.contains(part) || outcome.document.contains(part.replacing("</text>", with: "<title")),
                "\(part)")
        }
        #expect(outcome.document.ranges(of: "<polygon").count == 2)
        // The page is about the third event, whose cause is the second.
        #expect(try value("cause", in: outcome.document) == "submit M1")
        #expect(try value("grown", in: outcome.document) == "true")
    }

    @Test("names that try to be markup or script are text, on a telephone too")
    func hostile() throws {
        let page = SamplePage.page(name: SamplePage.hostile, message: SamplePage.hostile, text: SamplePage.hostile)
        let outcome = try Browser.open(probed(page), width: 500)
        #expect(outcome.console.isEmpty)
        #expect(try value("pwned", in: outcome.document) == "undefined")
        #expect(try value("images", in: outcome.document) == "0")
        #expect(try value("wide", in: outcome.document) == "false")
        #expect(outcome.document.contains("&lt;/script&gt;&lt;script&gt;window.pwned=1&lt;/script&gt;"))
    }

    @Test("a search leaves the way of a message bright and fades the rest")
    func search() throws {
        let found = try Browser.open(probed(SamplePage.page()), fragment: "M1")
        #expect(try value("faded", in: found.document) == "0" && found.document.contains("3 found"))
        let user = try Browser.open(probed(SamplePage.page()), fragment: "alice")
        #expect(user.document.contains("3 found"))
        let word = try Browser.open(probed(SamplePage.page()), fragment: "nobody%20says%20this")
        // Three events, one of them with a message that was lost.
        #expect(try value("faded", in: word.document) == "4" && word.document.contains("0 found"))
    }
}
