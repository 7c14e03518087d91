using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

public class VocabularyTests
{
    /// <summary>The files that must write the terms.</summary>
    private static readonly string[] Rules =
        ["src/Connectors.Databricks.Tests/Docs/BannedTerms.cs", "src/Connectors.Databricks.Tests/Docs/VocabularyTests.cs"];

    /// <summary>The files that write as people and models do: prompts, and the responses of the emulated model.</summary>
    private static readonly string[] Texts =
        ["src/Connectors.Databricks.Emulator/Answers/AutomaticAnswer.cs", "src/Connectors.Databricks.Emulator/Answers/TextAnswer.cs"];

    [Fact]
    public void A_page_has_the_terms_that_readers_search_for() =>
        Rule.Holds(VocabularyRules.PagesHaveTheirTerms(MarkdownFile.All, VocabularyRules.RequiredTerms));

    [Fact]
    public void A_page_uses_standard_terms() => Rule.Holds(VocabularyRules.NothingIsParaphrased(MarkdownFile.All));

    [Fact]
    public void Comments_messages_and_names_use_standard_terms() =>
        Rule.Holds(VocabularyRules.NothingIsParaphrased(
            Repository.Everything.Where(file => !Rules.Contains(file.Path))));

    [Fact]
    public void Comments_and_messages_do_not_personify_software() =>
        Rule.Holds(VocabularyRules.NothingIsPersonified(Repository.Everything.Where(file => !IsTest(file) && !Texts.Contains(file.Path))));

    [Fact]
    public void A_missing_term_is_named() => Assert.Equal(
        ["page.md: the term 'jitter' is missing."],
        VocabularyRules.PagesHaveTheirTerms(
            [new MarkdownFile("page.md", "Exponential backoff.")],
            new Dictionary<string, string[]> { ["page.md"] = ["backoff", "jitter"] }));

    [Theory]
    [InlineData("# Timeouts\nAfter a time-out it starts.", "time-out")]
    [InlineData("# Timeouts\nIt starts\nanew.", "anew", 3)]
    [InlineData("Its name\ngoes\nbefore it.", "goes before")]
    [InlineData("Behaviour", "Behaviour", 1)]
    public void A_paraphrase_is_named(string text, string term, int line = 2) => Assert.Equal(
        [$"page.md:{line}: '{term}' is not the standard term."],
        VocabularyRules.NothingIsParaphrased([new MarkdownFile("page.md", text)]));

    [Theory]
    [InlineData("`Mend` was renamed, see [0015](0015-stands.md).")]
    [InlineData("```\nnobody\n```")]
    [InlineData("A stand-in, a standard, lieutenants.")]
    public void Code_on_a_page_and_other_words_are_allowed(string text) =>
        Assert.Empty(VocabularyRules.NothingIsParaphrased([new MarkdownFile("page.md", text)]));

    [Theory]
    [InlineData("// It stands here.", "stands")]
    [InlineData("/// <summary>It goes\n/// before that.</summary>", "goes before")]
    [InlineData("var a = \"cancelled\";", "cancelled")]
    [InlineData("var a = $\"time-out {1}\";", "time-out")]
    [InlineData("void A_wish_is_kept();", "wish")]
    [InlineData("class StrictWish;", "Wish")]
    public void A_paraphrase_in_a_source_file_is_named(string text, string term) => Assert.Equal(
        [$"A.cs:1: '{term}' is not the standard term."], VocabularyRules.NothingIsParaphrased([new SourceFile("A.cs", text)]));

    [Theory]
    [InlineData("class Outlier; // GatewayTimeout: Gateway Time-out")]
    [InlineData("Task.FromCanceled(token); // CANCELLED")]
    public void Other_words_in_a_source_file_are_allowed(string text) =>
        Assert.Empty(VocabularyRules.NothingIsParaphrased([new SourceFile("A.cs", text)]));

    [Theory]
    [InlineData("// The service says so.", "says")]
    [InlineData("/// <summary>An endpoint that answers calls.</summary>", "answers")]
    [InlineData("throw new E($\"{name} never tells a secret.\");", "tells")]
    [InlineData("// The names on\n// the wire.", "on the wire")]
    public void A_personification_is_named(string text, string term) => Assert.Equal(
        [$"A.cs:1: '{term}' is not the standard term."], VocabularyRules.NothingIsPersonified([new SourceFile("A.cs", text)]));

    [Theory]
    [InlineData("/// <param name=\"asked\">See <see cref=\"Told\"/> and <c>told</c>, a known wire format.</param>")]
    [InlineData("var text = $\"it must be {wanted}\";")]
    public void Names_are_no_personification(string text) =>
        Assert.Empty(VocabularyRules.NothingIsPersonified([new SourceFile("A.cs", text)]));

    private static bool IsTest(SourceFile file) => file.Path.Contains(".Tests/", StringComparison.Ordinal);
}
