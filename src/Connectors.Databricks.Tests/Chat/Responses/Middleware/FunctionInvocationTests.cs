using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>Function invocation of Microsoft.Extensions.AI over the Responses API, on every surface.</summary>
public sealed class FunctionInvocationTests : IAsyncLifetime
{
    private readonly List<string> _invoked = [];
    private ResponsesEmulator _emulator = null!;

    public static TheoryData<string, bool> Surfaces => ResponsesEmulator.Surfaces;

    private ChatOptions Options => new()
    {
        Tools =
        [
            AIFunctionFactory.Create(
                (string city) =>
                {
                    lock (_invoked)
                    {
                        _invoked.Add($"weather {city}");
                    }

                    return $"sunny in {city}";
                },
                "get_weather", "Gets the weather of a city."),
            AIFunctionFactory.Create(
                () =>
                {
                    _invoked.Add("time");
                    return "noon";
                },
                "get_time", "Gets the time."),
            AIFunctionFactory.Create(string () => throw new InvalidOperationException("The bridge is closed."), "fail", "Always fails."),
        ],
    };

    public async Task InitializeAsync() => _emulator = await ResponsesEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Several_rounds_end_with_the_text(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_weather", """{"city":"Oslo"}""").CallsTool("get_time").Replies("Sunny at noon.");

        var response = await _emulator.Invoking(name).AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Equal(["weather Oslo", "time"], _invoked);
        Assert.Equal(("Sunny at noon.", ChatFinishReason.Stop), (response.Messages[^1].Text, response.FinishReason));
        Assert.Equal(
            [ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant],
            response.Messages.Select(message => message.Role));
        _emulator.AssertAccepted(3);
        Assert.Equal(
            ["message", "function_call", "function_call_output", "function_call", "function_call_output"], _emulator.InputTypes());
        Assert.Equal(["sunny in Oslo", "noon"], Outputs());
        Assert.Equal(Ids("function_call"), Ids("function_call_output"));
        Assert.Null(response.ConversationId);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Parallel_calls_each_get_their_result(string name, bool isStream)
    {
        _emulator.Endpoint(name)
            .CallsTools(("get_weather", """{"city":"Oslo"}"""), ("get_time", "{}"), ("get_weather", """{"city":"Bergen"}"""))
            .Replies("Both are sunny.");
        using var chat = _emulator.Invoking(name, client => client.AllowConcurrentInvocation = true);

        await chat.AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Equal(3, _invoked.Count);
        _emulator.AssertAccepted(2);
        Assert.Equal(["sunny in Oslo", "noon", "sunny in Bergen"], Outputs());
        Assert.Equal(Ids("function_call"), Ids("function_call_output"));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task The_usage_of_all_rounds_is_added(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time").Replies("Noon.");
        using var chat = _emulator.Invoking(name);
        List<ChatMessage> history = [new(ChatRole.User, "Well?")];

        var total = (await chat.AskAsync(history, Options, isStream)).Usage!;

        _emulator.Endpoint(name).CallsTool("get_time").Replies("Noon.");
        var plain = _emulator.Chat(name);
        var first = await plain.TurnAsync(history, Options, isStream);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent(first.Contents<FunctionCallContent>().Single().CallId, "noon")]));
        var second = await plain.TurnAsync(history, Options, isStream);
        Assert.Equal(first.Usage!.InputTokenCount + second.Usage!.InputTokenCount, total.InputTokenCount);
        Assert.Equal(first.Usage.OutputTokenCount + second.Usage.OutputTokenCount, total.OutputTokenCount);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_tool_that_fails_gives_the_model_its_error(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTools(("fail", "{}"), ("get_time", "{}")).Replies("It is closed.");
        using var chat = _emulator.Invoking(name, client => client.IncludeDetailedErrors = true);

        var response = await chat.AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Equal("It is closed.", response.Messages[^1].Text);
        _emulator.AssertAccepted(2);
        Assert.Collection(
            Outputs(),
            output => Assert.Contains("The bridge is closed.", output, StringComparison.Ordinal),
            output => Assert.Equal("noon", output));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_tool_that_does_not_exist_gives_the_model_an_error(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_date").Replies("I do not know.");

        var response = await _emulator.Invoking(name).AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Equal("I do not know.", response.Messages[^1].Text);
        _emulator.AssertAccepted(2);
        Assert.Contains("get_date", Assert.Single(Outputs()), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Arguments_that_are_not_JSON_are_sent_back_with_the_error(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_weather", "{\"city\": oops").Replies("Sorry.");

        await _emulator.Invoking(name).AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Empty(_invoked);
        _emulator.AssertAccepted(2);
        var call = _emulator.Input().Single(item => (string?)item!["type"] == "function_call");
        Assert.Equal("{\"city\": oops", (string?)call!["arguments"]);
        Assert.Single(Outputs());
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Rounds_beyond_the_limit_return_the_calls(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time").CallsTool("get_time").CallsTool("get_time");
        using var chat = _emulator.Invoking(name, client => client.MaximumIterationsPerRequest = 2);

        var response = await chat.AskAsync([new(ChatRole.User, "Well?")], Options, isStream);

        Assert.Equal(2, _invoked.Count);
        Assert.Equal("get_time", response.Messages[^1].Contents.OfType<FunctionCallContent>().Single().Name);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Reasoning_is_sent_back_before_its_call(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time", reasoning: "I need the time.").Replies("Noon.", reasoning: "Now I know.");
        using var chat = _emulator.Invoking(name);
        List<ChatMessage> history = [new(ChatRole.User, "Well?")];

        await chat.TurnAsync(history, Options, isStream);
        history.Add(new(ChatRole.User, "And?"));
        await chat.TurnAsync(history, Options, isStream);

        _emulator.AssertAccepted(3);
        Assert.Equal(
            ["message", "reasoning", "function_call", "function_call_output", "reasoning", "message", "message"], _emulator.InputTypes());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_that_the_agent_ran_are_not_invoked(bool isStream)
    {
        _emulator.Endpoint(ResponsesEmulator.Agent)
            .RunsTool("get_weather", """{"city":"Oslo"}""", "It rains.", "It rains in Oslo.").Replies("Yes.");
        using var chat = _emulator.Invoking(ResponsesEmulator.Agent);
        List<ChatMessage> history = [new(ChatRole.User, "Well?")];

        var response = await chat.TurnAsync(history, Options, isStream);
        history.Add(new(ChatRole.User, "Really?"));
        await chat.TurnAsync(history, Options, isStream);

        Assert.Empty(_invoked);
        Assert.Equal("It rains in Oslo.", response.Messages[^1].Text);
        _emulator.AssertAccepted(2);
        Assert.Equal(["message", "function_call", "function_call_output", "message", "message"], _emulator.InputTypes());
        Assert.Equal(["It rains."], Outputs());
    }

    private IEnumerable<string?> Outputs() => Members("function_call_output", "output");

    private IEnumerable<string?> Ids(string type) => Members(type, "call_id");

    private IEnumerable<string?> Members(string type, string member) =>
        [.. _emulator.Input().Where(item => (string?)item!["type"] == type).Select(item => (string?)item![member])];
}
