using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class VocabularyTests
{
    private static IEnumerable<MarkdownFile> Pages =>
        MarkdownFile.All.Where(page => !page.Path.StartsWith("docs/decisions/", StringComparison.Ordinal) && page.Path != "CHANGELOG.md");

    [Fact]
    public void A_page_has_the_terms_that_readers_search_for() =>
        Rule.Holds(VocabularyRules.PagesHaveTheirTerms(MarkdownFile.All, VocabularyRules.RequiredTerms));

    [Fact]
    public void A_page_uses_standard_terms() => Rule.Holds(VocabularyRules.NothingIsParaphrased(Pages));

    [Fact]
    public void A_missing_term_is_named() => Assert.Equal(
        ["page.md: the term 'jitter' is missing."],
        VocabularyRules.PagesHaveTheirTerms(
            [new MarkdownFile("page.md", "Exponential backoff.")],
            new Dictionary<string, string[]> { ["page.md"] = ["backoff", "jitter"] }));

    [Fact]
    public void A_paraphrase_is_named() => Assert.Equal(
        ["page.md:2: 'time-out' is not the standard term.", "page.md:2: 'anew' is not the standard term."],
        VocabularyRules.NothingIsParaphrased([new MarkdownFile("page.md", "# Timeouts\nAfter a time-out it starts anew.")]));
}
