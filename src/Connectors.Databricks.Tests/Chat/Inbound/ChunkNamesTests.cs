using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Chat.Inbound;

/// <summary>
/// The survey decides which chunks need not be read again. A member that the readers learn about, and the survey does not, would be taken for
/// one that says nothing, and be lost from the second chunk on.
/// </summary>
public partial class ChunkNamesTests
{
    // They say the same each time: the first id, time, model and role count, and of the others the last.
    private static readonly string[] Repeated =
    [
        "role", "id", "tool_call_id", "model", "object", "databricks_output", "custom_outputs", "service_tier", "system_fingerprint",
    ];

    [Theory]
    [InlineData("ChatStreamFromWire.cs")]
    [InlineData("ChoiceStreams.cs")]
    [InlineData("MessageFromWire.cs")]
    [InlineData("ReplyFacts.cs")]
    public void What_the_readers_of_chunks_know_the_survey_knows(string reader)
    {
        var read = Names(reader);

        Assert.NotEmpty(read);
        Assert.Empty(read.Except(Names("ChunkSurvey.cs")).Except(Repeated).Except(["assistant", "response.error"]));
    }

    private static HashSet<string> Names(string file) =>
        [.. Name().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Connectors.Databricks", "Chat", "Inbound", file)))
            .Select(match => match.Groups[1].Value)];

    [GeneratedRegex("""\.Is\("([^"]+)"u8\)""")]
    private static partial Regex Name();
}
