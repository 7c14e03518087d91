using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Chat.Inbound;

/// <summary>
/// The survey decides which chunks need not be read again. A member that the readers learn about, and the survey does not, would be taken for
/// one that says nothing, and be lost where chunks are compared.
/// </summary>
public partial class ChunkNamesTests
{
    [Theory]
    [InlineData("ChatStreamFromWire.cs")]
    [InlineData("ChoiceStreams.cs")]
    [InlineData("MessageFromWire.cs")]
    [InlineData("ReplyFacts.cs")]
    public void What_the_readers_of_chunks_know_the_survey_knows(string reader)
    {
        var read = Names(reader);

        Assert.NotEmpty(read);
        // The object's name says nothing; the others are no names.
        Assert.Empty(read.Except(Names("ChunkSurvey.cs")).Except(["object", "assistant", "response.error"]));
    }

    private static HashSet<string> Names(string file) =>
        [.. Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Connectors.Databricks", "Chat", "Inbound", file)))
            .Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""\.Is\("([^"]+)"u8\)""")]
    private static partial Regex Name();
}
