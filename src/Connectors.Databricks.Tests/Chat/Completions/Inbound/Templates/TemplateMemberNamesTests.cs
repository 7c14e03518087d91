using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound.Templates;

/// <summary>
/// The template builder decides which chunks are matched without a parser. A member that the readers know and the builder does not would
/// become a constant, and its values would be lost in chunks that match.
/// </summary>
public partial class TemplateMemberNamesTests
{
    [Theory]
    [InlineData("Completions/Inbound/ChatStreamFromWire.cs")]
    [InlineData("Completions/Inbound/ChoiceStreams.cs")]
    [InlineData("Completions/Inbound/MessageFromWire.cs")]
    [InlineData("Replies/ReplyFacts.cs")]
    public void Members_that_the_readers_know_the_template_builder_knows(string reader)
    {
        var read = Names(reader);

        Assert.NotEmpty(read);
        // The value of `object` is never used; the others are values, not members.
        Assert.Empty(
            read.Except(Names("Completions/Inbound/Templates/ChunkTemplateBuilder.cs")).Except(["object", "assistant", "response.error"]));
    }

    private static HashSet<string> Names(string file) =>
        [.. Name().Matches(Repository.Read($"src/Connectors.Databricks/Chat/{file}").Text)
            .Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""\.Is\("([^"]+)"u8\)""")]
    private static partial Regex Name();
}
