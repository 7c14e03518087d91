using System.ClientModel;
using System.Net;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class ErrorTests
{
    public static TheoryData<HttpStatusCode, string> Errors { get; } = new()
    {
        { HttpStatusCode.BadRequest, "BAD_REQUEST" },
        { HttpStatusCode.Unauthorized, "UNAUTHENTICATED" },
        { HttpStatusCode.Forbidden, "PERMISSION_DENIED" },
        { HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST" },
        { HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE" },
        { HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED" },
        { HttpStatusCode.InternalServerError, "INTERNAL_ERROR" },
        { HttpStatusCode.ServiceUnavailable, "TEMPORARILY_UNAVAILABLE" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public Task A_failed_request_throws_the_same_exception(HttpStatusCode status, string code) => SideBySide.RunAsync(
        [Reply.Error(status, code, "No.")], app => ThrownAsync(Ask.NonStreaming()(app)));

    [Theory]
    [MemberData(nameof(Errors))]
    public Task A_failed_streaming_request_throws_with_the_same_status(HttpStatusCode status, string code) => SideBySide.RunAsync(
        [Reply.Error(status, code, "No.")],
        async app =>
        {
            var thrown = await Record.ExceptionAsync(() => Ask.Streaming()(app));
            var ofPackage = (HttpStatusCode?)(thrown as ClientResultException)?.Status;
            return new { Type = thrown?.GetType().Name, Status = (thrown as HttpOperationException)?.StatusCode ?? ofPackage };
        },
        AcceptedDifferences.FailedStream);

    [Fact]
    public Task A_prompt_throws_the_same_exception() => SideBySide.RunAsync(
        [Reply.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED", "No.")],
        app => ThrownAsync(app.Kernel.InvokePromptAsync("Hello")));

    [Fact]
    public Task A_request_that_fails_in_the_middle_of_a_turn_leaves_the_same_history() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Error(HttpStatusCode.BadRequest, "BAD_REQUEST", "No.")],
        async app =>
        {
            ChatHistory history = [new(AuthorRole.User, "Weather?")];
            var thrown = await ThrownAsync(app.Chat.GetChatMessageContentsAsync(history, Ask.Auto, app.Kernel));
            return new { thrown, History = Snapshot.Messages(history) };
        });

    [Fact]
    public Task A_call_canceled_beforehand_throws_and_the_next_one_works() => SideBySide.RunAsync(
        [Reply.Text("Sunny.")],
        async app =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Chat.GetChatMessageContentsAsync(
                "Weather?", kernel: app.Kernel, cancellationToken: new CancellationToken(canceled: true)));
            return await Ask.NonStreaming()(app);
        });

    [Fact]
    public Task A_stream_canceled_in_the_middle_throws_after_the_same_text() => SideBySide.RunAsync(
        [Reply.Streamed("One.", "Two.", "Three.")],
        async app =>
        {
            using var source = new CancellationTokenSource();
            var text = string.Empty;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var update in app.Kernel.InvokePromptStreamingAsync<string>("Count.", cancellationToken: source.Token))
                {
                    text += update;
                    if (text.Length > 0)
                    {
                        await source.CancelAsync();
                    }
                }
            });
            return text;
        });

    [Fact]
    public Task A_function_canceled_with_the_turn_ends_it() => SideBySide.RunAsync(
        [Reply.Calls(new Call("Slow-Wait"))],
        async app =>
        {
            using var source = new CancellationTokenSource();
            var cancels = KernelFunctionFactory.CreateFromMethod(
                async (CancellationToken cancellationToken) =>
                {
                    await source.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                },
                "Wait");
            app.Kernel.Plugins.AddFromFunctions("Slow", [cancels]);
            return await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                app.Chat.GetChatMessageContentsAsync("Wait.", Ask.Auto, app.Kernel, source.Token)) is not null;
        });

    private static async Task<object?> ThrownAsync(Task call)
    {
        var exception = await Assert.ThrowsAsync<HttpOperationException>(() => call);
        return new
        {
            exception.StatusCode,
            HasServiceMessage = exception.ResponseContent?.Contains("No.", StringComparison.Ordinal),
            HasInner = exception.InnerException is not null,
            Data = exception.Data.Keys.Cast<string>().Order(),
        };
    }
}
