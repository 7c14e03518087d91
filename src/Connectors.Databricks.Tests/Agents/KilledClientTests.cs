using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>A client that ends at every update of a run, and another one that continues with the stored token.</summary>
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
    public async Task A_run_that_is_continued_at_every_update_loses_and_repeats_nothing(
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
            await foreach (var update in workspace.Agent().GetStreamingResponseAsync(
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
        Assert.Equal(Deltas(run), pieces.Count(update => update.Text.Length > 0));
        Assert.Single(workspace.App.Requests, request => request.Method == "POST" && request.StatusCode is 200 or 202);
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task A_killed_process_is_continued_by_the_next_one(EmulatedAgentServer server)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);
        workspace.App.OverlapsReplays(2);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        try
        {
            var starts = 1;
            while (await AgentReader.StartAsync(workspace.Emulator.Host, workspace.Token, AgentWorkspace.AgentName, file, updates: 2))
            {
                starts++;
            }

            var texts = JsonNode.Parse(await File.ReadAllTextAsync(file))!["texts"]!.AsArray().Select(text => text!.ToString()).ToList();
            var run = Assert.Single(workspace.App.Runs);
            Assert.Equal(AgentWorkspace.Text, string.Concat(texts));
            Assert.Equal(Deltas(run), texts.Count(text => text.Length > 0));
            Assert.InRange(starts, 3, 10);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // What the server counts: the events with text.
    private static int Deltas(EmulatedAppRun run) => run.Events.Count(stored =>
        stored["type"]?.ToString() == "response.output_text.delta" || (stored["content"] is JsonValue && stored["type"] is null));

    private static async Task<List<ChatResponseUpdate>> WholeAsync(AgentWorkspace workspace, ResponseContinuationToken first) =>
        await workspace.Agent().GetStreamingResponseAsync([], AgentWorkspace.Background(first, session: "c1")).ToListAsync();

    private static string Shown(ChatResponseUpdate update) => $"{update.Role} {update.MessageId} {update.ResponseId} " +
        $"{update.ConversationId} {update.FinishReason} {AgentRunTests.Attempt(update)} {update.Text} {update.Contents.Count}";
}
