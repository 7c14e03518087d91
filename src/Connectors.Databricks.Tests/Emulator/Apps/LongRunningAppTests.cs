using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Apps;

/// <summary>The Responses API of a <c>LongRunningAgentServer</c>, on the wire.</summary>
public class LongRunningAppTests
{
    private const string Input = "\"input\":[{\"role\":\"user\",\"content\":\"Say 'ok'\"}]";
    private const string Background = $$"""{{{Input}},"background":true}""";

    [Theory]
    [InlineData("responses")]
    [InlineData("invocations")]
    public async Task It_responds_in_the_foreground(string path)
    {
        await using AppWire wire = await OpenAsync();

        JsonNode response = await wire.ReadAsync(HttpMethod.Post, path, $$"""{{{Input}}}""");

        Assert.Equal(("completed", "ok"), (response["status"]!.ToString(), Text(response)));
    }

    [Fact]
    public async Task A_foreground_stream_has_no_numbers_and_ends_with_a_marker()
    {
        await using AppWire wire = await OpenAsync();

        string[] frames = await wire.StreamAsync(HttpMethod.Post, "responses", $$"""{{{Input}},"stream":true}""");

        Assert.Equal("data: [DONE]", frames[^1]);
        Assert.All(frames[..^1], frame => Assert.Null(Json(frame)["sequence_number"]));
    }

    [Fact]
    public async Task A_background_run_is_accepted_at_once_and_polled()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.HoldsEvents();

        JsonNode accepted = await wire.ReadAsync(HttpMethod.Post, "responses", Background);
        string path = $"responses/{accepted["id"]}";

        Assert.Equal("in_progress", accepted["status"]!.ToString());
        Assert.Matches("^resp_[0-9a-f]{24}$", accepted["id"]!.ToString());
        JsonNode waiting = await wire.ReadAsync(HttpMethod.Get, path);
        Assert.Equal("in_progress", waiting["status"]!.ToString());
        Assert.Null(waiting["output"]);
        wire.App.ReleaseEvents();
        await wire.App.Runs[0].WaitForEndAsync();
        JsonNode done = await wire.ReadAsync(HttpMethod.Get, path);
        Assert.Equal(("completed", "ok", "1"), (done["status"]!.ToString(), Text(done), done["attempt_number"]!.ToString()));
        Assert.Null(done["usage"]);
    }

    [Fact]
    public async Task Events_are_numbered_from_zero_and_resumed_after_any_number()
    {
        await using AppWire wire = await OpenAsync();
        string[] all = await wire.StreamAsync(HttpMethod.Post, "responses", $$"""{{{Input}},"background":true,"stream":true}""");
        string id = wire.App.Runs[0].Id;

        Assert.Equal(Enumerable.Range(0, all.Length - 1), all[..^1].Select(frame => (int)Json(frame)["sequence_number"]!));
        Assert.All(all[..^1], frame => Assert.Equal(id, Json(frame)["response_id"]!.ToString()));
        for (var after = 1; after < all.Length - 1; after++)
        {
            Assert.Equal(all[(after + 1)..], await ResumeAsync(wire, id, after));
        }
    }

    [Fact]
    public async Task The_events_of_a_background_run_that_is_not_streamed_are_its_output_items()
    {
        await using AppWire wire = await OpenAsync();
        string id = (await wire.ReadAsync(HttpMethod.Post, "responses", Background))["id"]!.ToString();

        string[] frames = await ResumeAsync(wire, id, 0);

        Assert.Equal(2, frames.Length);
        JsonNode item = Json(frames[0]);
        Assert.Equal(
            ("response.output_item.done", "0", id),
            (item["type"]!.ToString(), item["sequence_number"]!.ToString(), item["response_id"]!.ToString()));
        Assert.Equal("ok", item["item"]!["content"]![0]!["text"]!.ToString());
        Assert.Equal("data: [DONE]", frames[1]);
    }

    [Fact]
    public async Task A_crash_of_a_run_that_is_not_streamed_leaves_no_event_and_the_second_attempt_streams()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.Crashes(afterEvents: 3, "ok");
        string id = (await wire.ReadAsync(HttpMethod.Post, "responses", Background))["id"]!.ToString();

        string[] frames = await ResumeAsync(wire, id, 0);

        Assert.Equal(
            ["response.resumed", "response.created"], frames[..2].Select(frame => Json(frame)["type"]!.ToString()));
    }

    [Fact]
    public async Task After_zero_everything_is_replayed()
    {
        await using AppWire wire = await OpenAsync();
        string[] all = await wire.StreamAsync(HttpMethod.Post, "responses", $$"""{{{Input}},"background":true,"stream":true}""");

        Assert.Equal(all, await ResumeAsync(wire, wire.App.Runs[0].Id, 0));
    }

    [Fact]
    public async Task A_replay_can_overlap()
    {
        await using AppWire wire = await OpenAsync();
        string[] all = await wire.StreamAsync(HttpMethod.Post, "responses", $$"""{{{Input}},"background":true,"stream":true}""");
        wire.App.OverlapsReplays(2);

        Assert.Equal(all[2..], await ResumeAsync(wire, wire.App.Runs[0].Id, 3));
    }

    [Fact]
    public async Task A_crash_starts_a_second_attempt_under_a_new_conversation()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.Crashes(afterEvents: 3, "ok");

        string[] frames = await wire.StreamAsync(
            HttpMethod.Post, "responses", $$$"""{{{{Input}}},"background":true,"stream":true,"context":{"conversation_id":"c1"}}""");

        JsonNode resumed = Json(frames[3]);
        Assert.Equal(
            ("response.resumed", "2", "3", "c1::attempt-2"),
            (resumed["type"]!.ToString(), resumed["attempt"]!.ToString(), resumed["from_seq"]!.ToString(),
                resumed["conversation_id"]!.ToString()));
        Assert.Equal("response.created", Json(frames[4])["type"]!.ToString());
        Assert.Equal(2, (await wire.ReadAsync(HttpMethod.Get, $"responses/{wire.App.Runs[0].Id}"))["attempt_number"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_failed_run_ends_after_a_nested_error_and_without_a_marker()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.Fails("task_timeout", "Task timed out", afterEvents: 2);

        string[] frames = await wire.StreamAsync(HttpMethod.Post, "responses", $$"""{{{Input}},"background":true,"stream":true}""");

        Assert.Equal(3, frames.Length);
        Assert.Equal("task_timeout", Json(frames[2])["error"]!["code"]!.ToString());
        JsonNode failed = await wire.ReadAsync(HttpMethod.Get, $"responses/{wire.App.Runs[0].Id}");
        Assert.Equal(("failed", "Task timed out"), (failed["status"]!.ToString(), failed["error"]!["message"]!.ToString()));
    }

    [Fact]
    public async Task Without_a_database_the_flag_is_ignored_and_nothing_can_be_retrieved()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.HasNoDatabase();

        Assert.Equal("ok", Text(await wire.ReadAsync(HttpMethod.Post, "responses", Background)));
        Assert.StartsWith("501 ", await wire.AskAsync(HttpMethod.Get, $"responses/{wire.App.Runs[0].Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "responses", "{", "400 ")]
    [InlineData("POST", "responses", "{}", "400 ")]
    [InlineData("POST", "responses/resp_1/cancel", "{}", "501 ")]
    [InlineData("GET", "responses/resp_1", null, "404 {\"detail\":\"Response not found\"}")]
    [InlineData("GET", "responses/resp_1?stream=true", null, "404 ")]
    [InlineData("GET", "responses/resp_1?starting_after=3", null, "400 ")]
    [InlineData("GET", "responses/resp_1?stream=true&starting_after=-1", null, "422 ")]
    public async Task What_the_server_refuses(string method, string path, string? body, string expected)
    {
        await using AppWire wire = await OpenAsync();

        Assert.StartsWith(expected, await wire.AskAsync(new HttpMethod(method), path, body), StringComparison.Ordinal);
    }

    private static Task<AppWire> OpenAsync() => AppWire.OpenAsync(EmulatedAgentServer.LongRunning);

    private static Task<string[]> ResumeAsync(AppWire wire, string id, int after) =>
        wire.StreamAsync(HttpMethod.Get, $"responses/{id}?stream=true&starting_after={after}");

    private static JsonNode Json(string frame) => JsonNode.Parse(frame["data: ".Length..])!;

    private static string Text(JsonNode response) => response["output"]![0]!["content"]![0]!["text"]!.GetValue<string>();
}
