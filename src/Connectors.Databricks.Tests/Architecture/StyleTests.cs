namespace Connectors.Databricks.Tests.Architecture;

public class StyleTests
{
    private const string Path = "src/Connectors.Databricks/Chat/A.cs";

    [Fact]
    public void No_file_is_longer_than_300_lines() => Rule.Holds(StyleRules.FilesAreShort(Repository.Everything));

    [Fact]
    public void A_long_file_is_named()
    {
        SourceFile[] files = [Containing(Newlines(300)), Containing(Newlines(300) + ";\n")];

        Assert.Equal([$"{Path}:301: 301 lines; split a file at 300."], StyleRules.FilesAreShort(files));
    }

    [Fact]
    public void No_file_folds_its_code_away() => Rule.Holds(StyleRules.NothingIsFolded(Repository.Product));

    [Fact]
    public void A_region_is_named() =>
        Assert.Equal(
            [$"{Path}:2: a region hides what a smaller file would show."],
            StyleRules.NothingIsFolded([Containing(";\n  #region Fields\n")]));

    [Fact]
    public void Every_folder_is_named_after_its_subject() => Rule.Holds(StyleRules.FoldersHaveASubject(Repository.SourcesOf("src")));

    [Theory]
    [InlineData("Helpers")]
    [InlineData("Utils")]
    [InlineData("Common")]
    [InlineData("Manager")]
    public void A_folder_without_a_subject_is_named(string folder)
    {
        var file = new SourceFile($"src/Connectors.Databricks/Chat/{folder}/A.cs", "");

        Assert.Equal(
            [$"src/Connectors.Databricks/Chat/{folder}/A.cs:1: folder '{folder}' says nothing about what it holds."],
            StyleRules.FoldersHaveASubject([file]));
    }

    [Fact]
    public void Every_suppression_gives_its_reason() => Rule.Holds(StyleRules.SuppressionsGiveAReason(Repository.Product));

    [Fact]
    public void A_suppression_without_a_reason_is_named() =>
        Assert.Equal(
            [$"{Path}:2: a suppression gives its reason on the same line."],
            StyleRules.SuppressionsGiveAReason([Containing("""
                #pragma warning disable CA1000 // The service spells it so.
                #pragma warning disable CA1000
                #pragma warning restore CA1000
                """)]));

    [Fact]
    public void Nothing_is_left_to_do_in_a_comment() => Rule.Holds(StyleRules.NothingIsLeftToDo(Repository.Product));

    [Fact]
    public void A_thing_left_to_do_is_named() =>
        Assert.Equal(
            [$"{Path}:1: do it now, or open an issue."],
            StyleRules.NothingIsLeftToDo([Containing("// TODO: later\n// Todos are a list.\n")]));

    private static SourceFile Containing(string text) => new(Path, text);

    private static string Newlines(int count) => string.Concat(Enumerable.Repeat(";\n", count));
}
