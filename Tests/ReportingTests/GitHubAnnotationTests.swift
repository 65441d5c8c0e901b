import Reporting
import Testing

@Suite("GitHub annotations")
struct GitHubAnnotationTests {
    @Test("an annotation is one line, with file, line, column and title")
    func text() {
        let annotation = GitHubAnnotation(
            file: "scenarios/race.yaml", line: 7, column: 3, title: "scenario failed",
            message: "no_loss: M1 is gone, too")
        #expect(
            annotation.text
                == "::error file=scenarios/race.yaml,line=7,col=3,title=scenario failed::no_loss: M1 is gone, too\n")
        #expect(GitHubAnnotation(file: "a", title: "b", message: "").text == "::error file=a,title=b::\n")
    }

    @Test("what would end a message or a property is escaped, and nothing else")
    func escaped() {
        let text = "50%, a:b\r\nc\rd\ne %0A"
        let annotation = GitHubAnnotation(file: text, line: 1, title: text, message: text)
        let property = "50%25%2C a%3Ab%0D%0Ac%0Dd%0Ae %250A"
        #expect(
            annotation.text
                == "::error file=\(property),line=1,title=\(property)::50%25, a:b%0D%0Ac%0Dd%0Ae %250A\n")
    }
}
