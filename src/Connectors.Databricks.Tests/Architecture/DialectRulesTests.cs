namespace Connectors.Databricks.Tests.Architecture;

public class DialectRulesTests
{
    private const string Core = "src/Connectors.Databricks";

    [Fact]
    public void The_folders_of_chat_do_not_use_each_other() => Rule.Holds(DialectRules.FoldersAreIndependent(Repository.Core));

    [Theory]
    [InlineData("Completions/Outbound", "using Connectors.Databricks.Chat.Shaping;", "Completions/Outbound uses Shaping")]
    [InlineData("Shaping", "using Connectors.Databricks.Chat.Completions.Outbound;", "Shaping uses Completions/Outbound")]
    [InlineData("Requests", "using static Connectors.Databricks.Chat.Completions.Outbound.B;", "Requests uses Completions/Outbound")]
    [InlineData("Completions/Inbound", "var b = new Outbound.B();", "Completions/Inbound uses Completions/Outbound")]
    [InlineData("Completions/Inbound", "var b = new Completions.Outbound.B();", "Completions/Inbound uses Completions/Outbound")]
    [InlineData(
        "Responses/Outbound", "using Connectors.Databricks.Chat.Completions.Outbound;",
        "Responses/Outbound uses Completions/Outbound")]
    public void A_use_between_the_folders_of_chat_is_named(string folder, string code, string complaint)
    {
        SourceFile[] files =
        [
            new($"{Core}/Chat/{folder}/A.cs", $"namespace Connectors.Databricks.Chat.{folder.Replace('/', '.')};\n{code}\n"),
            new($"{Core}/Chat/Completions/Outbound/B.cs", "namespace Connectors.Databricks.Chat.Completions.Outbound;\nclass B;\n"),
        ];

        Assert.Equal(
            [$"{Core}/Chat/{folder}/A.cs:2: {complaint}; move what both use to Chat/Requests or Chat/Replies."],
            DialectRules.FoldersAreIndependent(files));
    }

    [Theory]
    [InlineData("Chat/Completions/Outbound/A.cs", "using Connectors.Databricks.Chat.Requests;")]
    [InlineData("Chat/Responses/Outbound/A.cs", "using Connectors.Databricks.Chat.Requests;")]
    [InlineData("Chat/Completions/Inbound/A.cs", "using Connectors.Databricks.Chat.Completions.Inbound.Templates;")]
    [InlineData("Chat/A.cs", "using Connectors.Databricks.Chat.Completions.Outbound;")]
    [InlineData("Chat/Completions/Inbound/A.cs", "var count = Outbound.Count;")]
    public void A_use_of_what_the_folders_share_is_allowed(string path, string code) =>
        Assert.Empty(DialectRules.FoldersAreIndependent([new($"{Core}/{path}", $"{code}\n")]));
}
