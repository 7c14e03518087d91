using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>The Invocation API on the wire: sessions, ids, outputs in the format of the agent, and events.</summary>
public class InvocationAgentTests
{
    private const string Text = "One two three four.";

    [Fact]
    public async Task The_session_is_sent_in_the_header_and_the_body_and_returned()
    {
        await using var workspace = await OpenAsync();
        var agent = Agent(workspace);

        var first = await agent.GetResponseAsync(AgentWorkspace.Say(Text));
        var second = await agent.GetResponseAsync(AgentWorkspace.Say(Text), new ChatOptions { ConversationId = first.ConversationId });

        Assert.Equal(first.ConversationId, second.ConversationId);
        Assert.All(workspace.App.Runs, run => Assert.Equal(first.ConversationId, run.SessionId));
        Assert.All(workspace.App.Requests, request => Assert.Equal(first.ConversationId, request.Headers["X-Databricks-Session-Id"]));
        Assert.All(workspace.App.Runs, run => Assert.Equal(first.ConversationId, run.Request["session_id"]!.ToString()));
        Assert.NotEqual(workspace.App.Runs[0].Id, workspace.App.Runs[1].Id);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("")]
    public async Task A_session_that_cannot_be_sent_is_rejected(string session)
    {
        var agent = new VerbatimService().Client().GetAgentClient(AgentWorkspace.AgentName);

        await Assert.ThrowsAsync<ArgumentException>(
            () => agent.GetResponseAsync(Some.Question(), new ChatOptions { ConversationId = session }));
    }

    [Fact]
    public async Task The_request_has_the_messages_and_what_it_leaves_out_is_reported()
    {
        await using var workspace = await OpenAsync();

        var response = await Agent(workspace).GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello")],
            new ChatOptions { Temperature = 0.5f, AdditionalProperties = new() { ["custom"] = 1 } });

        Assert.Equal(
            """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}],"custom":1}""",
            workspace.App.Runs[0].Request["input"]!.ToJsonString());
        Assert.Equal("temperature", Assert.Single(response.GetRequestAdjustments()).Field);
    }

    [Fact]
    public async Task A_second_run_of_a_session_waits_for_the_first()
    {
        await using var workspace = await OpenAsync();
        workspace.App.HoldsEvents();
        var agent = Agent(workspace);
        var first = await agent.GetResponseAsync(AgentWorkspace.Say("a"), AgentWorkspace.Background(session: "s1"));
        var second = await agent.GetResponseAsync(AgentWorkspace.Say("b"), AgentWorkspace.Background(session: "s1"));

        Assert.Equal("queued", workspace.App.Runs[1].Status);
        workspace.App.ReleaseEvents();
        await workspace.App.Runs[1].WaitForEndAsync();

        Assert.Equal(["a", "b"], [await PollAsync(agent, first), await PollAsync(agent, second)]);
    }

    [Theory]
    [InlineData("\"ok\"", "ok")]
    [InlineData("""{"messages":[{"role":"assistant","content":"ok"}]}""", "ok")]
    [InlineData("""{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":[{"type":"text","text":"ok"}]}]}""", "ok")]
    [InlineData("""{"messages":[{"type":"human","content":"Hello"},{"type":"ai","content":"ok"}]}""", "ok")]
    [InlineData("""{"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"ok"}]}]}""", "ok")]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""", "ok")]
    [InlineData("""{"output_text":"ok","score":1}""", "ok")]
    [InlineData("""{"score":1}""", """{"score":1}""")]
    [InlineData("null", "")]
    public async Task An_output_of_any_format_is_read(string output, string text)
    {
        var service = new VerbatimService().Answers($$"""{"id":"run-1","status":"completed","output":{{output}}}""");

        var response = await Client(service).GetResponseAsync(Some.Question());

        Assert.Equal((text, "run-1", ChatFinishReason.Stop), (response.Text, response.ResponseId, response.FinishReason));
    }

    [Theory]
    [InlineData("""{"id":"run-1","status":"unknown"}""")]
    [InlineData("""{"status":"completed","output":"ok"}x""")]
    [InlineData("""[]""")]
    public async Task A_document_that_is_none_of_a_run_is_reported(string body)
    {
        var exception = await Failure.Of(Client(new VerbatimService().Answers(body)));

        Assert.Equal(DatabricksServingErrorKind.InvalidResponse, exception.Kind);
    }

    [Fact]
    public async Task Text_of_deltas_is_not_repeated_from_the_output()
    {
        var service = new VerbatimService().Streams(
            Event(0, "run.started", """{"id":"run-1"}""") + Event(1, "delta", """{"content":"Hel"}""") +
            Event(1, "delta", """{"content":"Hel"}""") + Event(2, "status", """{"step":1}""") + Event(3, "delta", """{"delta":"lo"}""") +
            Event(4, "run.completed", """{"id":"run-1","output":{"messages":[{"role":"assistant","content":"Hello."}]}}"""));

        var updates = await Exchange.Collect(Client(service));

        Assert.Equal(["Hel", "lo", ".", ""], updates.Select(update => update.Text));
        Assert.Equal("Hello.", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task A_failed_run_in_the_foreground_has_the_code_of_the_stored_run()
    {
        await using var workspace = await OpenAsync();
        workspace.App.Fails("MCP_USER_AUTH_RECOVERY_UNSUPPORTED", "Log in again.");

        var exception = await Failure.Of(Agent(workspace));

        Assert.Equal(
            (DatabricksServingErrorKind.AgentRunFailed, "MCP_USER_AUTH_RECOVERY_UNSUPPORTED", "Log in again."),
            (exception.Kind, exception.ErrorCode, exception.ServiceMessage));
        Assert.Single(workspace.App.Runs);
    }

    [Fact]
    public async Task An_id_that_exists_with_another_request_is_reported()
    {
        var service = new VerbatimService().Answers("""{"detail":"Conflict"}""", HttpStatusCode.Conflict);

        var exception = await Failure.Of(Client(service));

        Assert.Equal((HttpStatusCode.Conflict, false), (exception.StatusCode, exception.IsTransient));
        Assert.Contains("A run with this id exists with another session or request", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_background_request_whose_responses_are_all_lost_reports_that_its_run_may_go_on()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "lost"));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Client(service).GetResponseAsync(Some.Question(), AgentWorkspace.Background()));

        Assert.Contains("The run may have started, and then goes on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_background_request_whose_response_is_lost_is_sent_again_with_its_id()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "lost"))
            .Answers("""{"id":"run-1","status":"queued"}""");

        var response = await Client(service, options => options.Resilience.Retry = new() { MaxRetryAttempts = 1, Delay = TimeSpan.Zero })
            .GetResponseAsync(Some.Question(), AgentWorkspace.Background());

        Assert.NotNull(response.ContinuationToken);
        Assert.Equal(service.Sent[0].Body, service.Sent[1].Body);
    }

    private static string Event(int id, string name, string data) => $"id: {id}\nevent: {name}\ndata: {data}\n\n";

    private static IChatClient Client(VerbatimService service, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(options =>
        {
            options.Credential = DatabricksCredential.FromToken("some-oauth-token");
            configure?.Invoke(options);
        }).GetAgentClient(new Uri("https://agent-bricks-1.aws.databricksapps.com"));

    private static async Task<string> PollAsync(IChatClient agent, ChatResponse response) =>
        (await agent.GetResponseAsync([], AgentWorkspace.Background(response.ContinuationToken))).Text;

    private static IChatClient Agent(AgentWorkspace workspace) => workspace.Serving().GetAgentClient($"apps/{workspace.App.Name}");

    private static Task<AgentWorkspace> OpenAsync() => AgentWorkspace.OpenAsync(EmulatedAgentServer.Invocations, "agent-bricks-1");
}
