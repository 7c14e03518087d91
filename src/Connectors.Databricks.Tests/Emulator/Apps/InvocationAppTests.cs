using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Apps;

/// <summary>The Invocation API of a <c>DurableAgentServer</c>, on the wire.</summary>
public class InvocationAppTests
{
    private const string Id = "0b8f8f6e-5c1f-4a7e-9d0e-0d3c2b1a4f5e";
    private const string Path = "api/invocations";

    [Fact]
    public async Task It_responds_in_the_foreground()
    {
        await using AppWire wire = await OpenAsync();

        JsonNode run = await wire.ReadAsync(HttpMethod.Post, Path, Body(), "s1");

        Assert.Equal((Id, "completed", "ok"), (run["id"]!.ToString(), run["status"]!.ToString(), Text(run)));
    }

    [Fact]
    public async Task A_stream_has_ids_names_and_an_end()
    {
        await using AppWire wire = await OpenAsync();

        string[] frames = await wire.StreamAsync(HttpMethod.Post, Path, Body("\"stream\":true"), "s1");

        Assert.StartsWith("id: 0\nevent: run.started\ndata: {", frames[0], StringComparison.Ordinal);
        Assert.StartsWith("id: 1\nevent: delta\ndata: {", frames[1], StringComparison.Ordinal);
        Assert.Contains("\nevent: run.completed\n", frames[^1], StringComparison.Ordinal);
        for (var after = 0; after < frames.Length - 1; after++)
        {
            Assert.Equal(frames[(after + 1)..], await wire.StreamAsync(HttpMethod.Get, $"{Path}/{Id}/events?after={after}"));
        }
    }

    [Fact]
    public async Task A_background_run_is_accepted_and_polled()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.HoldsEvents();

        Assert.StartsWith("202 ", await wire.AskAsync(HttpMethod.Post, Path, Body("\"background\":true"), "s1"), StringComparison.Ordinal);
        Assert.Contains((await wire.ReadAsync(HttpMethod.Get, $"{Path}/{Id}"))["status"]!.ToString(), new[] { "queued", "active" });
        wire.App.ReleaseEvents();
        await wire.App.Runs[0].WaitForEndAsync();

        Assert.Equal("ok", Text(await wire.ReadAsync(HttpMethod.Get, $"{Path}/{Id}")));
    }

    [Fact]
    public async Task The_same_request_is_the_same_run()
    {
        await using AppWire wire = await OpenAsync();

        await wire.ReadAsync(HttpMethod.Post, Path, Body(), "s1");
        await wire.ReadAsync(HttpMethod.Post, Path, Body(), "s1");

        Assert.Single(wire.App.Runs);
        Assert.StartsWith("409 ", await wire.AskAsync(HttpMethod.Post, Path, Body(), "s2"), StringComparison.Ordinal);
        Assert.StartsWith("409 ", await wire.AskAsync(HttpMethod.Post, Path, Body(prompt: "Say 'no'"), "s1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_runs_one_request_at_a_time()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.HoldsEvents();
        await wire.ReadAsync(HttpMethod.Post, Path, Body("\"background\":true"), "s1");
        await wire.ReadAsync(HttpMethod.Post, Path, Body("\"background\":true", id: "1" + Id[1..]), "s1");
        await wire.ReadAsync(HttpMethod.Post, Path, Body("\"background\":true", id: "2" + Id[1..]), "s2");

        wire.App.ReleaseEvents();
        await Task.WhenAll(wire.App.Runs.Select(run => run.WaitForEndAsync()));

        Assert.All(wire.App.Runs, run => Assert.Equal("completed", run.Status));
    }

    [Fact]
    public async Task A_queued_run_waits_for_its_predecessor()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.HoldsEvents();
        await wire.ReadAsync(HttpMethod.Post, Path, Body("\"background\":true"), "s1");
        await wire.ReadAsync(HttpMethod.Post, Path, Body("\"background\":true", id: "1" + Id[1..]), "s1");

        Assert.Equal("queued", (await wire.ReadAsync(HttpMethod.Get, $"{Path}/1{Id[1..]}"))["status"]!.ToString());
        Assert.Equal(0, wire.App.Runs[1].EventCount);
    }

    [Fact]
    public async Task The_session_is_in_the_header_or_on_older_servers_in_the_body()
    {
        await using AppWire wire = await OpenAsync();
        string body = Body("\"session_id\":\"s1\"");

        Assert.StartsWith("400 ", await wire.AskAsync(HttpMethod.Post, Path, body), StringComparison.Ordinal);
        wire.App.AcceptsSessionInBody();
        await wire.ReadAsync(HttpMethod.Post, Path, body);
        Assert.Equal("s1", wire.App.Runs[0].SessionId);
    }

    [Fact]
    public async Task A_failed_run_is_an_error_an_event_and_a_state()
    {
        await using AppWire wire = await OpenAsync();
        wire.App.Fails("MCP_USER_AUTH_RECOVERY_UNSUPPORTED", "Log in again.");

        Assert.Equal("""500 {"detail":"agent invocation failed"}""", await wire.AskAsync(HttpMethod.Post, Path, Body(), "s1"));
        string[] frames = await wire.StreamAsync(HttpMethod.Get, $"{Path}/{Id}/events");
        Assert.Contains("event: run.failed", frames[^1], StringComparison.Ordinal);
        Assert.Equal("failed", (await wire.ReadAsync(HttpMethod.Get, $"{Path}/{Id}"))["status"]!.ToString());
    }

    [Theory]
    [InlineData("POST", Path, "{}", "422 ")]
    [InlineData("POST", Path, "{\"id\":\"1\",\"input\":{}}", "422 ")]
    [InlineData("GET", $"{Path}/{Id}", null, "404 ")]
    [InlineData("GET", $"{Path}/{Id}/events", null, "404 ")]
    [InlineData("DELETE", $"{Path}/{Id}", null, "404 ")]
    public async Task What_the_server_refuses(string method, string path, string? body, string expected)
    {
        await using AppWire wire = await OpenAsync();

        Assert.StartsWith(expected, await wire.AskAsync(new HttpMethod(method), path, body, "s1"), StringComparison.Ordinal);
    }

    private static Task<AppWire> OpenAsync() => AppWire.OpenAsync(EmulatedAgentServer.Invocations);

    private static string Body(string? more = null, string id = Id, string prompt = "Say 'ok'") =>
        $$"""{"id":"{{id}}","input":{"messages":[{"role":"user","content":"{{prompt}}"}]}{{(more is null ? "" : "," + more)}}}""";

    private static string Text(JsonNode run) => run["output"]!["messages"]![0]!["content"]!.GetValue<string>();
}
