using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>Approvals: of the app's own functions, which its middleware requests, and of the tools of an agent, which the agent
/// requests.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    private readonly List<string> _invoked = [];
    private ResponsesEmulator _emulator = null!;

    public static TheoryData<string, bool, bool, bool> Answers
    {
        get
        {
            var rows = new TheoryData<string, bool, bool, bool>();
            string[] names =
            [
                ResponsesEmulator.Gateway, ResponsesEmulator.Claude, ResponsesEmulator.Gemini, ResponsesEmulator.Serving,
                ResponsesEmulator.Agent,
            ];
            foreach (var (name, bits) in names.SelectMany(name => Enumerable.Range(0, 8).Select(bits => (name, bits))))
            {
                rows.Add(name, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            }

            return rows;
        }
    }

    public static TheoryData<bool, bool, bool> AgentAnswers
    {
        get
        {
            var rows = new TheoryData<bool, bool, bool>();
            for (var bits = 0; bits < 8; bits++)
            {
                rows.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            }

            return rows;
        }
    }

    private ChatOptions Options => new()
    {
        Tools = [new ApprovalRequiredAIFunction(AIFunctionFactory.Create(Delete, "delete_file", "Deletes a file."))],
    };

    public async Task InitializeAsync() => _emulator = await ResponsesEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_function_that_requires_approval_runs_only_with_it(string name, bool isStream, bool isApproved, bool isStored)
    {
        _emulator.Endpoint(name).CallsTool("delete_file", """{"path":"a.txt"}""", text: "I will delete it.").Replies("Well.");
        using var chat = _emulator.Invoking(name);
        List<ChatMessage> history = [new(ChatRole.User, "Delete a.txt.")];

        var asked = await chat.TurnAsync(history, Options, isStream);
        Assert.Empty(_invoked);
        var request = asked.Contents<ToolApprovalRequestContent>().Single();
        Assert.Equal("a.txt", Assert.IsType<FunctionCallContent>(request.ToolCall).Arguments!["path"]!.ToString());
        history.Add(new(ChatRole.User, [request.CreateResponse(isApproved)]));
        var response = await chat.TurnAsync(isStored ? StoredHistory.Of(history) : history, Options, isStream);

        Assert.Equal(isApproved ? ["a.txt"] : [], _invoked);
        Assert.Equal("Well.", response.Text);
        _emulator.AssertAccepted(2);
        Assert.Equal(["message", "message", "function_call", "function_call_output"], _emulator.InputTypes());
        Assert.Equal(isApproved, (string?)_emulator.Input()[3]!["output"] == "deleted");
    }

    [Theory]
    [MemberData(nameof(AgentAnswers))]
    public async Task A_request_of_an_agent_is_answered_as_the_service_requires(bool isStream, bool isApproved, bool isStored)
    {
        var agent = _emulator.Endpoint(ResponsesEmulator.Agent);
        agent.RequestsApproval("delete_file", """{"path":"a.txt"}""", "files");
        using var chat = _emulator.Invoking(ResponsesEmulator.Agent);
        List<ChatMessage> history = [new(ChatRole.User, "Delete a.txt.")];

        var asked = await chat.TurnAsync(history, options: null, isStream);
        var request = asked.Contents<ToolApprovalRequestContent>().Single();
        history.Add(new(ChatRole.User, [request.CreateResponse(isApproved, isApproved ? null : "Not today.")]));
        history = isStored ? StoredHistory.Of(history) : history;
        var response = await chat.TurnAsync(history, options: null, isStream);
        history.Add(new(ChatRole.User, "Thank you. Say 'ok'."));
        await chat.TurnAsync(history, options: null, isStream);

        _emulator.AssertAccepted(3);
        Assert.Equal(["message", "mcp_approval_request", "mcp_approval_response"], _emulator.InputTypes(1));
        Assert.Equal(request.RequestId, _emulator.Input(1)[1]!["id"]!.ToString());
        Assert.Equal(
            isApproved
                ? $$"""{"type":"mcp_approval_response","approval_request_id":"{{request.RequestId}}","approve":true}"""
                : $$"""{"type":"mcp_approval_response","approval_request_id":"{{request.RequestId}}","approve":false,"reason":"Not today."}""",
            _emulator.Input(1)[2]!.ToJsonString());
        Assert.Equal(isApproved ? "I ran delete_file: done." : "I did not run delete_file.", response.Messages[^1].Text);
        Assert.Equal(isApproved, response.Contents<FunctionCallContent>().Any(call => call.InformationalOnly));
        Assert.Equal(
            isApproved
                ? [
                    "message", "mcp_approval_request", "mcp_approval_response", "function_call", "function_call_output", "message",
                    "message",
                ]
                : ["message", "mcp_approval_request", "mcp_approval_response", "message", "message"],
            _emulator.InputTypes());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agent_does_not_run_the_functions_of_the_app_and_the_app_not_those_of_the_agent(bool isStream)
    {
        var agent = _emulator.Endpoint(ResponsesEmulator.Agent);
        agent.RequestsApproval("delete_file", """{"path":"b.txt"}""", "files").AnswersByItself()
            .CallsTool("delete_file", """{"path":"a.txt"}""").Replies("Both are gone.");
        using var chat = _emulator.Invoking(ResponsesEmulator.Agent);
        List<ChatMessage> history = [new(ChatRole.User, "Delete both.")];

        for (var round = 0; round < 2; round++)
        {
            var request = (await chat.TurnAsync(history, Options, isStream)).Contents<ToolApprovalRequestContent>().Single();
            Assert.Equal(round == 0, request.ToolCall is McpServerToolCallContent);
            history.Add(new(ChatRole.User, [request.CreateResponse(approved: true)]));
            if (round == 0)
            {
                await chat.TurnAsync(history, Options, isStream);
                history.Add(new(ChatRole.User, "And the other?"));
            }
        }

        var response = await chat.TurnAsync(history, Options, isStream);

        Assert.Equal(["a.txt"], _invoked);
        Assert.Equal("Both are gone.", response.Messages[^1].Text);
        _emulator.AssertAccepted(4);
        Assert.Equal(
            [
                "message", "mcp_approval_request", "mcp_approval_response", "function_call", "function_call_output", "message", "message",
                "function_call", "function_call_output",
            ],
            _emulator.InputTypes());
    }

    private string Delete(string path)
    {
        _invoked.Add(path);
        return "deleted";
    }
}
