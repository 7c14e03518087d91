using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Chat;
using Connectors.Databricks.AspNetCore.OpenAI.Embeddings;
using Connectors.Databricks.AspNetCore.OpenAI.Errors;
using Connectors.Databricks.AspNetCore.OpenAI.Models;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Connectors.Databricks.AspNetCore.OpenAI.Responses;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>The handlers of the routes: each reads its request, calls the endpoint, and writes the response.</summary>
internal sealed class OpenAIRoutes(OpenAIBackend backend)
{
    public Task ChatCompletionsAsync(HttpContext context) => HandleBodyAsync(context, async (body, model) =>
    {
        var request = ChatCompletionRequestFromJson.Read(body, model, backend.Limits);
        var chat = backend.ChatClient(context, model, request.Options);
        var now = OpenAIBackend.Now(context);
        if (request.IsStream)
        {
            using var chunks = new ChatChunks(context.Response.BodyWriter, request, now);
            var updates = chat.GetStreamingResponseAsync(request.Messages, request.Options, context.RequestAborted);
            await StreamAsync(context, model, updates, chunks).ConfigureAwait(false);
            return;
        }

        var response = await chat.GetResponseAsync(request.Messages, request.Options, context.RequestAborted).ConfigureAwait(false);
        await JsonReply.SendAsync(
            context, StatusCodes.Status200OK, new ChatCompletionToJson(response, model, now), ChatCompletionToJson.Write)
            .ConfigureAwait(false);
    });

    public Task ResponsesAsync(HttpContext context) => HandleBodyAsync(context, async (body, model) =>
    {
        var request = ResponsesRequestFromJson.Read(body, model, backend.Limits);
        var chat = backend.ChatClient(context, model, request.Options);
        var now = OpenAIBackend.Now(context);
        if (request.IsStream)
        {
            using var events = new ResponseEvents(context.Response.BodyWriter, request, now);
            var updates = chat.GetStreamingResponseAsync(request.Messages, request.Options, context.RequestAborted);
            await StreamAsync(context, model, updates, events).ConfigureAwait(false);
            return;
        }

        var response = await chat.GetResponseAsync(request.Messages, request.Options, context.RequestAborted).ConfigureAwait(false);
        await JsonReply.SendAsync(
            context, StatusCodes.Status200OK, new ResponseDocument(response, request, now), ResponseDocument.Write).ConfigureAwait(false);
    });

    public Task EmbeddingsAsync(HttpContext context) => HandleBodyAsync(context, async (body, model) =>
    {
        var request = EmbeddingsRequestFromJson.Read(body, model, backend.Limits);
        var embeddings = await backend.EmbeddingGenerator(context, model)
            .GenerateAsync(request.Inputs, request.Options, context.RequestAborted).ConfigureAwait(false);
        await JsonReply.SendAsync(
            context, StatusCodes.Status200OK, new EmbeddingsToJson(embeddings, request), EmbeddingsToJson.Write).ConfigureAwait(false);
    });

    public Task ModelsAsync(HttpContext context) => HandleAsync(context, "models", async () => await JsonReply.SendAsync(
        context, StatusCodes.Status200OK, await backend.ModelsAsync(context).ConfigureAwait(false), ModelsToJson.WriteList)
        .ConfigureAwait(false));

    public Task ModelAsync(HttpContext context) => HandleAsync(context, "models", async () =>
    {
        var name = context.Request.RouteValues["model"] as string;
        var models = await backend.ModelsAsync(context).ConfigureAwait(false);
        var model = models.FirstOrDefault(model => model.Name == name) ?? throw InvalidRequests.ModelNotFound();
        await JsonReply.SendAsync(context, StatusCodes.Status200OK, model, ModelsToJson.Write).ConfigureAwait(false);
    });

    private Task StreamAsync(HttpContext context, string model, IAsyncEnumerable<ChatResponseUpdate> updates, IReplyStream reply) =>
        new StreamReply(context, backend.Timing).SendAsync(updates, reply, exception => Report(context, model, exception));

    private Task HandleBodyAsync(HttpContext context, Func<RequestValue, string, Task> handle) => HandleAsync(context, null, async () =>
    {
        using var document = await RequestDocument.ReadAsync(context, backend.MaxRequestBytes).ConfigureAwait(false);
        var body = new RequestValue(document.RootElement, string.Empty);
        await handle(body, backend.RequireModel(body.RequireText("model"))).ConfigureAwait(false);
    });

    private static async Task HandleAsync(HttpContext context, string? model, Func<Task> handle)
    {
        try
        {
            await handle().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (RouteContext.IsAbandoned(context))
        {
            // A response has no reader.
        }
        catch (Exception exception) when (RequestErrorFromException.IsHandled(exception) && !context.Response.HasStarted)
        {
            await OpenAIErrorToJson.SendAsync(context, Report(context, model, exception)).ConfigureAwait(false);
        }
    }

    private static RequestError Report(HttpContext context, string? model, Exception exception)
    {
        var error = RequestErrorFromException.Map(exception);
        if (exception is not RejectedRequestException)
        {
            RouteLog.Failed(RouteContext.Logger(context), RouteContext.Route(context), error.Status, error.Code, exception.GetType().Name,
                model);
        }

        return WorkspaceHost.RemoveFrom(context, error);
    }
}
