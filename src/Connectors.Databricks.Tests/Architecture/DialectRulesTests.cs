namespace Connectors.Databricks.Tests.Architecture;

public class DialectRulesTests
{
    private const string Core = "src/Connectors.Databricks";

    [Fact]
    public void The_folders_of_a_dialect_do_not_use_each_other() => Rule.Holds(DialectRules.FoldersAreIndependent(Repository.Core));

    [Theory]
    [InlineData("Outbound", "using Connectors.Databricks.Chat.Completions.Shaping;", "Outbound uses Shaping")]
    [InlineData("Shaping", "using Connectors.Databricks.Chat.Completions.Outbound;", "Shaping uses Outbound")]
    [InlineData("Requests", "using static Connectors.Databricks.Chat.Completions.Outbound.B;", "Requests uses Outbound")]
    [InlineData("Inbound", "var b = new Outbound.B();", "Inbound uses Outbound")]
    [InlineData("Inbound", "var b = new Completions.Outbound.B();", "Inbound uses Outbound")]
    public void A_use_between_the_folders_of_a_dialect_is_named(string folder, string code, string complaint)
    {
        SourceFile[] files =
        [
            new($"{Core}/Chat/Completions/{folder}/A.cs", $"namespace Connectors.Databricks.Chat.Completions.{folder};\n{code}\n"),
            new($"{Core}/Chat/Completions/Outbound/B.cs", "namespace Connectors.Databricks.Chat.Completions.Outbound;\nclass B;\n"),
        ];

        Assert.Equal(
            [$"{Core}/Chat/Completions/{folder}/A.cs:2: {complaint}; move what both use to Requests."],
            DialectRules.FoldersAreIndependent(files));
    }

    [Theory]
    [InlineData("Chat/Completions/Outbound/A.cs", "using Connectors.Databricks.Chat.Completions.Requests;")]
    [InlineData("Chat/Completions/Inbound/A.cs", "using Connectors.Databricks.Chat.Completions.Inbound.Templates;")]
    [InlineData("Chat/A.cs", "using Connectors.Databricks.Chat.Completions.Outbound;")]
    [InlineData("Chat/Completions/Inbound/A.cs", "var count = Outbound.Count;")]
    public void A_use_of_what_the_folders_of_a_dialect_share_is_allowed(string path, string code) =>
        Assert.Empty(DialectRules.FoldersAreIndependent([new($"{Core}/{path}", $"{code}\n")]));
}
