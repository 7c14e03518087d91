using System.Text.Json;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>Histories that are saved as JSON, and that change from one connector to the other.</summary>
public class HistoryTests
{
    private static readonly Reply[] Turn =
        [Reply.TextAndCalls("Let me look.", Call.Weather(), Call.Count()), Reply.Text("Sunny.")];

    private static readonly Reply[] StreamedTurn =
        [Reply.StreamedTextAndCalls(["Let me", " look."], Call.Weather()), Reply.Streamed("Sun", "ny.")];

    [Fact]
    public Task A_history_saved_as_json_reads_the_same_and_continues() => SideBySide.RunAsync(
        [.. Turn, Reply.Text("Yes.")],
        async app => await ContinueAsync(app, await SaveAsync(app)),
        AcceptedDifferences.ResultFromJson, AcceptedDifferences.ArgumentTypes);

    [Fact]
    public async Task A_history_saved_by_the_OpenAI_connector_continues_on_both()
    {
        var saved = await SavedByAsync(Connector.OpenAI, Turn, SaveAsync);

        await SideBySide.RunAsync([Reply.Text("Yes.")], app => ContinueAsync(app, saved), AcceptedDifferences.ResultFromJson);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_history_saved_by_this_connector_continues_on_both(bool isResponses)
    {
        var saved = await SavedByAsync(isResponses ? Connector.Responses : Connector.Databricks, Turn, SaveAsync);

        await SideBySide.ContinueAsync(
            Turn, [Reply.Text("Yes.")],
            app => ContinueAsync(app, saved),
            AcceptedDifferences.ResultFromJson, AcceptedDifferences.ArgumentTypes);
    }

    [Fact]
    public async Task A_streamed_history_saved_by_the_OpenAI_connector_continues_on_both()
    {
        var saved = await SavedByAsync(Connector.OpenAI, StreamedTurn, SaveStreamAsync);

        await SideBySide.RunAsync([Reply.Text("Yes.")], app => ContinueAsync(app, saved), AcceptedDifferences.ResultFromJson);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_streamed_history_saved_by_this_connector_continues_on_both(bool isResponses)
    {
        var saved = await SavedByAsync(isResponses ? Connector.Responses : Connector.Databricks, StreamedTurn, SaveStreamAsync);

        await SideBySide.ContinueAsync(
            StreamedTurn, [Reply.Text("Yes.")], app => ContinueAsync(app, saved), AcceptedDifferences.ResultFromJson);
    }

    [Fact]
    public async Task A_history_of_the_OpenAI_connector_continues_in_memory_on_both()
    {
        var history = await SavedByAsync(Connector.OpenAI, Turn, AnswerAsync);

        await SideBySide.RunAsync(
            [Reply.Text("Yes.")], app => Ask.NonStreamingAsync(app, [.. history], Ask.Auto), AcceptedDifferences.ArgumentTypes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_history_of_this_connector_continues_in_memory_on_both(bool isResponses)
    {
        var history = await SavedByAsync(isResponses ? Connector.Responses : Connector.Databricks, Turn, AnswerAsync);

        await SideBySide.ContinueAsync(
            Turn, [Reply.Text("Yes.")], app => Ask.NonStreamingAsync(app, [.. history], Ask.Auto), AcceptedDifferences.ArgumentTypes);
    }

    /// <summary>The form before <see cref="FunctionCallContent"/>: calls and their ids are in the metadata.</summary>
    [Fact]
    public Task A_history_in_the_legacy_format_continues() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        app => ContinueAsync(app, """
            [ { "Role": { "Label": "user" }, "Items": [ { "$type": "TextContent", "Text": "Weather?" } ] },
              { "Role": { "Label": "assistant" }, "Items": [], "Metadata": { "ChatResponseMessage.FunctionToolCalls": [
                  { "Id": "call_0", "Name": "City-Weather", "Arguments": "{\u0022city\u0022: \u0022Bonn\u0022}", "Type": 0 } ] } },
              { "Role": { "Label": "tool" }, "Items": [ { "$type": "TextContent", "Text": "Sunny in Bonn" } ],
                "Metadata": { "ChatCompletionsToolCall.Id": "call_0" } } ]
            """));

    [Fact]
    public Task Messages_of_every_role_are_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        app => Ask.NonStreamingAsync(app,
        [
            new(AuthorRole.System, "Be brief."),
            new(AuthorRole.User, "Well?"),
            new(AuthorRole.Assistant, "Yes."),
            new(AuthorRole.Assistant, ""),
            new(AuthorRole.User, "And?"),
            new(AuthorRole.User, " "),
            new(AuthorRole.User, [new TextContent("One."), new TextContent("Two.")]),
        ]),
        AcceptedDifferences.EmptyMessage);

    [Fact]
    public Task A_role_of_the_app_is_sent() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        async app =>
        {
            var thrown = await Record.ExceptionAsync(() => Ask.NonStreamingAsync(app, [new(new AuthorRole("critic"), "Weak.")]));
            if (thrown is not null)
            {
                await Ask.NonStreaming()(app);
            }

            return new { Type = thrown?.GetType().Name };
        },
        AcceptedDifferences.OtherRole);

    [Fact]
    public Task A_history_without_messages_is_refused_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        async app =>
        {
            var thrown = await Record.ExceptionAsync(() => Ask.NonStreamingAsync(app, []));
            await Ask.NonStreamingAsync(app, new ChatHistory("Be brief."));
            return thrown is ArgumentException;
        });

    [Fact]
    public Task Several_calls_and_their_results_in_one_message_are_sent_the_same_way() => SideBySide.RunAsync(
        [Reply.Text("Yes.")],
        app => Ask.NonStreamingAsync(app,
        [
            new(AuthorRole.User, "Weather?"),
            new(AuthorRole.Assistant, [new FunctionCallContent("Now", "Clock", "a"), new FunctionCallContent("Now", "Clock", "b")]),
            new(
                AuthorRole.Tool,
                [new FunctionResultContent("Now", "Clock", "a", "Noon"), new FunctionResultContent("Now", "Clock", "b", 12)]),
        ]),
        AcceptedDifferences.NullArguments);

    [Fact]
    public Task Results_of_the_app_saved_as_json_continue() => SideBySide.RunAsync(
        [Reply.Calls(Call.Count(), new Call("City-Tag", """{"name":"Mill Lane","tags":["old"]}""", "b")), Reply.Text("Done.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Weather?")];
            history.Add(await app.Chat.GetChatMessageContentAsync(history, Ask.Manual, app.Kernel));
            foreach (var call in FunctionCallContent.GetFunctionCalls(history[^1]).ToList())
            {
                history.Add((await call.InvokeAsync(app.Kernel)).ToChatMessage());
            }

            return await ContinueAsync(app, JsonSerializer.Serialize(history));
        },
        AcceptedDifferences.ArgumentTypes);

    /// <summary>What an app has kept of a turn that one of the connectors ran.</summary>
    private static async Task<T> SavedByAsync<T>(Connector connector, Reply[] turn, Func<App, Task<T>> save)
    {
        using var model = new ScriptedModel(turn);
        using var app = new App(connector, model, configure: null);
        return await save(app);
    }

    private static async Task<ChatHistory> AnswerAsync(App app)
    {
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        history.Add(await app.Chat.GetChatMessageContentAsync(history, Ask.Auto, app.Kernel));
        return history;
    }

    private static async Task<string> SaveAsync(App app) => JsonSerializer.Serialize(await AnswerAsync(app));

    private static async Task<string> SaveStreamAsync(App app)
    {
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        var updates = await app.Chat.GetStreamingChatMessageContentsAsync(history, Ask.Auto, app.Kernel).ToListAsync();
        history.AddAssistantMessage(string.Concat(updates.Select(update => update.Content)));
        return JsonSerializer.Serialize(history);
    }

    private static Task<object?> ContinueAsync(App app, string saved)
    {
        var history = JsonSerializer.Deserialize<ChatHistory>(saved)!;
        history.AddUserMessage("Really?");
        return Ask.NonStreamingAsync(app, history, Ask.Auto);
    }
}
