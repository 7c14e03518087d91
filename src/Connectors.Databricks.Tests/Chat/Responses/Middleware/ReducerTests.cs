using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

#pragma warning disable MEAI001 // The reducers of Microsoft.Extensions.AI are experimental.
/// <summary>Reducers of Microsoft.Extensions.AI over the Responses API: the reduced history is accepted.</summary>
public sealed class ReducerTests : IAsyncLifetime
{
    private const int Rounds = 6;
    private ResponsesEmulator _emulator = null!;

    public static TheoryData<string, bool> Surfaces => ResponsesEmulator.Surfaces;

    private static ChatOptions Options => new()
    {
        Instructions = "Be brief.",
        Tools = [AIFunctionFactory.Create((string city) => $"sunny in {city}", "get_weather", "Gets the weather of a city.")],
    };

    public async Task InitializeAsync() => _emulator = await ResponsesEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_history_of_the_last_messages_is_accepted(string name, bool isStream)
    {
        using var chat = _emulator.Chat(name).AsBuilder()
            .UseChatReducer(new MessageCountingChatReducer(3)).UseFunctionInvocation().Build();

        await ConverseAsync(name, chat, isStream);

        _emulator.AssertAccepted(Rounds * 2);
        var input = _emulator.Input();
        // The instructions of an agent are an item.
        string[] instructions = name == ResponsesEmulator.Agent ? ["message"] : [];
        Assert.Equal(
            [.. instructions, "message", "message", "message", "reasoning", "function_call", "function_call_output"],
            _emulator.InputTypes());
        Assert.Contains($"city {Rounds - 1}", input.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("city 0", input.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_summarized_history_is_accepted(string name, bool isStream)
    {
        // The summary is of another model: both share the connector.
        using var summarizer = _emulator.Chat(ResponsesEmulator.Gateway);
        using var chat = _emulator.Chat(name).AsBuilder()
            .UseChatReducer(new SummarizingChatReducer(summarizer, 2, 1)).UseFunctionInvocation().Build();

        await ConverseAsync(name, chat, isStream);

        Assert.All(_emulator.Requests, request => Assert.Equal(200, request.StatusCode));
        Assert.DoesNotContain("city 0?", _emulator.Input().ToJsonString(), StringComparison.Ordinal);
    }

    private async Task ConverseAsync(string name, IChatClient chat, bool isStream)
    {
        List<ChatMessage> history = [];
        for (var round = 0; round < Rounds; round++)
        {
            _emulator.Endpoint(name)
                .CallsTool("get_weather", $$"""{"city":"city {{round}}"}""", reasoning: "I look.").Replies($"It is sunny in city {round}.");
            history.Add(new(ChatRole.User, $"What is the weather in city {round}?"));

            var response = await chat.TurnAsync(history, Options, isStream);

            Assert.Equal($"It is sunny in city {round}.", response.Messages[^1].Text);
        }
    }
}
#pragma warning restore MEAI001
