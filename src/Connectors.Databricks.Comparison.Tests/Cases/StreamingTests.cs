using System.Text.Json;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class StreamingTests
{
    [Fact]
    public Task Text_arrives_in_the_same_pieces() => SideBySide.RunAsync([Reply.Streamed("Su", "nny", " – ", "😀.")], Ask.Streaming());

    [Fact]
    public Task A_streamed_call_runs_and_the_next_stream_answers() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather("Köln am Rhein")), Reply.Streamed("Sun", "ny.")],
        Ask.Streaming(Ask.Auto),
        AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task Streamed_calls_with_text_run_in_order() => SideBySide.RunAsync(
        [Reply.StreamedTextAndCalls(["Let me", " look."], Call.Weather(), Call.Count()), Reply.Streamed("Done.")],
        Ask.Streaming(Ask.Auto),
        AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task Streamed_calls_of_two_turns_with_the_same_id_each_get_their_result() => SideBySide.RunAsync(
        [
            Reply.StreamedCalls(new Call("City-Tag", """{"name": "Mill Lane", "tags": [ "old" ] }""")),
            Reply.StreamedCalls(Call.Weather("Ulm")),
            Reply.Streamed("Done."),
        ],
        Ask.Streaming(Ask.Auto),
        AcceptedDifferences.StreamedCallMessage, AcceptedDifferences.StreamedArguments);

    [Fact]
    public Task Calls_of_a_stream_can_be_built_and_invoked_by_the_app() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather(), Call.Count()), Reply.Streamed("Done.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Well?")];
            var updates = app.Chat.GetStreamingChatMessageContentsAsync(history, Ask.Manual, app.Kernel);
            var builder = new FunctionCallContentBuilder();
            await foreach (var update in updates)
            {
                builder.Append(update);
            }

            var calls = builder.Build();
            history.Add(new(AuthorRole.Assistant, [.. calls]));
            foreach (var call in calls)
            {
                history.Add((await call.InvokeAsync(app.Kernel)).ToChatMessage());
            }

            return await Ask.StreamingAsync(app, history, Ask.Manual);
        },
        AcceptedDifferences.ArgumentTypes);

    [Fact]
    public Task A_required_function_is_offered_in_the_first_stream_only() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather()), Reply.Streamed("Sunny.")],
        Ask.Streaming(new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() }),
        AcceptedDifferences.StreamedCallMessage, AcceptedDifferences.Placeholder);

    [Fact]
    public Task Interleaved_calls_are_put_together() => SideBySide.RunAsync(
        [
            Reply.Stream(
                [
                    Piece(0, "", """ "id": "a", "type": "function", """, "City-Weather"),
                    Piece(1, "{", """ "id": "b", "type": "function", """, "City-Count"),
                    Piece(1, "\"adults\":"),
                    Piece(0, "{\"city\": \"Bonn\"}"),
                    """{ "content": "One moment." }""",
                    Piece(1, " 2}"),
                ],
                "tool_calls"),
            Reply.Streamed("Done."),
        ],
        Ask.Streaming(Ask.Auto),
        AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task Invalid_streamed_arguments_are_reported_to_the_model() => SideBySide.RunAsync(
        [Reply.StreamedCalls(new Call("City-Weather", "{nonsense")), Reply.Streamed("Sorry.")],
        Ask.Streaming(Ask.Auto),
        AcceptedDifferences.StreamedCallMessage, AcceptedDifferences.InvalidArguments);

    [Fact]
    public Task Streamed_arguments_keep_their_types_when_the_app_asks_for_it() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Count()), Reply.Streamed("Three.")],
        Ask.Streaming(Ask.AutoWith(new() { RetainArgumentTypes = true })),
        AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task An_abandoned_stream_has_the_result_of_its_call_in_the_history() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather()), Reply.Streamed("Sunny.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Weather?")];
            await foreach (var _ in app.Chat.GetStreamingChatMessageContentsAsync(history, Ask.Auto, app.Kernel))
            {
                if (app.City.Invocations.Count > 0)
                {
                    break;
                }
            }

            return new { History = Snapshot.Messages(history) };
        },
        AcceptedDifferences.StreamedCallMessage);

    [Fact]
    public Task A_stream_without_usage_that_reached_its_limit_ends_the_same_way() => SideBySide.RunAsync(
        [Reply.Stream(["""{"content":"Sunny and"}"""], "length", hasUsage: false)], Ask.Streaming());

    [Fact]
    public Task An_empty_chunk_is_not_an_update() => SideBySide.RunAsync(
        [Reply.Streamed("Sun", "ny.")],
        async app => new
        {
            Updates = await app.Chat.GetStreamingChatMessageContentsAsync("Weather?", kernel: app.Kernel).CountAsync(),
        },
        AcceptedDifferences.EmptyUpdates);

    [Fact]
    public Task The_bytes_of_updates_are_the_same() => SideBySide.RunAsync(
        [Reply.Streamed("Sü", "nny")],
        async app =>
        {
            var updates = await app.Kernel.InvokePromptStreamingAsync("Weather?").ToListAsync();
            return Convert.ToHexString([.. updates.SelectMany(update => update.ToByteArray())]);
        });

    [Fact]
    public Task Text_generation_streams_the_same_text() => SideBySide.RunAsync(
        [Reply.Streamed("Sun", "ny.")],
        async app =>
        {
            var service = app.Kernel.GetRequiredService<ITextGenerationService>();
            var texts = await service.GetStreamingTextContentsAsync("Weather?", kernel: app.Kernel).ToListAsync();
            return string.Concat(texts.Select(text => text.Text));
        },
        AcceptedDifferences.RoleOfText);

    private static string Piece(int index, string arguments, string members = "", string? name = null)
    {
        var function = JsonSerializer.Serialize(name is null ? new { arguments } : (object)new { name, arguments });
        return $$"""{ "tool_calls": [ { "index": {{index}}, {{members}} "function": {{function}} } ] }""";
    }
}
