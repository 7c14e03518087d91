using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>
/// A client that ends at every event of a run, and another one that continues with the stored token. The server counts: what all of them
/// read together is every event once.
/// </summary>
public class KilledClientTests
{
    public static TheoryData<EmulatedAgentServer, int, bool> Runs
    {
        get
        {
            var runs = new TheoryData<EmulatedAgentServer, int, bool>();
            foreach (var server in Enum.GetValues<EmulatedAgentServer>())
            {
                foreach (var overlap in (int[])[0, 1, 4])
                {
                    runs.Add(server, overlap, false);
                    runs.Add(server, overlap, true);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_run_that_is_continued_at_every_event_loses_and_repeats_nothing(
        EmulatedAgentServer server, int overlap, bool crashes)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);
        workspace.App.OverlapsReplays(overlap);
        if (crashes)
        {
            workspace.App.Crashes(afterEvents: 6, AgentWorkspace.Text);
        }

        List<ChatResponseUpdate> pieces = [];
        ResponseContinuationToken? token = null;
        do
        {
            await foreach (var update in Agent(workspace).GetStreamingResponseAsync(
                token is null ? AgentWorkspace.Say(AgentWorkspace.Text) : [], AgentWorkspace.Background(token, session: "c1")))
            {
                pieces.Add(update);
                break;
            }

            token = pieces[^1].ContinuationToken is { } next ? AgentWorkspace.Stored(next) : null;
        }
        while (token is not null);

        var run = Assert.Single(workspace.App.Runs);
        var whole = await WholeAsync(workspace, pieces[0].ContinuationToken!);
        Assert.Equal(whole.Select(Shown), pieces.Skip(1).Select(Shown));
        var last = pieces.Where(update => !crashes || AgentRunTests.Attempt(update) is 2).ToList();
        Assert.Equal(AgentWorkspace.Text, string.Concat(last.Select(update => update.Text)));
        AssertEvents(run, pieces.Select(AgentReader.EventOf));
        Assert.Single(workspace.App.Requests, request => request.Method == "POST" && request.StatusCode is 200 or 202);
    }

    // The id of a run of LongRunningAgentServer comes with its first event, and that of the other server with its acceptance.
    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning, 1)]
    [InlineData(EmulatedAgentServer.Invocations, 0)]
    public async Task A_process_that_is_killed_at_every_event_is_continued_by_the_next_one(EmulatedAgentServer server, int firstEvent)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);
        workspace.App.OverlapsReplays(2);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        try
        {
            var killed = firstEvent;
            while (await AgentReader.StartAsync(workspace.Emulator.Host, workspace.Token, AgentWorkspace.AgentName, file, killed))
            {
                killed++;
            }

            var run = Assert.Single(workspace.App.Runs);
            Assert.Equal(run.EventCount, killed);
            Assert.True((bool)run.Request["background"]!);
            var updates = JsonNode.Parse(await File.ReadAllTextAsync(file))!["updates"]!.AsArray();
            Assert.Equal(AgentWorkspace.Text, string.Concat(updates.Select(update => update!["text"]!.ToString())));
            AssertEvents(run, updates.Select(update => update!["event"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    // An event has one update or several; the last one of the Invocation API has the output.
    private static void AssertEvents(EmulatedAppRun run, IEnumerable<JsonNode?> read)
    {
        List<string> events = [];
        foreach (var happened in read.OfType<JsonObject>())
        {
            happened.Remove("sequence_number");
            happened.Remove("response_id");
            if (happened.ToJsonString() is var text && events.LastOrDefault() != text)
            {
                events.Add(text);
            }
        }

        Assert.Equal(run.Events.Select(stored => (stored["output"] ?? stored).ToJsonString()), events);
    }

    private static IChatClient Agent(AgentWorkspace workspace) =>
        workspace.Agent(options => options.Chat.IncludeRawUpdates = true);

    private static async Task<List<ChatResponseUpdate>> WholeAsync(AgentWorkspace workspace, ResponseContinuationToken first) =>
        await Agent(workspace).GetStreamingResponseAsync([], AgentWorkspace.Background(first, session: "c1")).ToListAsync();

    private static string Shown(ChatResponseUpdate update) => $"{update.Role} {update.MessageId} {update.ResponseId} " +
        $"{update.ConversationId} {update.FinishReason} {AgentRunTests.Attempt(update)} {update.Text} {update.Contents.Count}";
}
