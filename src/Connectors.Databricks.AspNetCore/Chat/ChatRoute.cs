using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>The handler of the chat route: reads the request, calls the chat client, and sends events or one document.</summary>
internal sealed class ChatRoute(DatabricksChatRouteOptions options)
{
    private readonly ProblemHandler _problems = new(options.IncludeServiceMessages);
    private readonly ChatRequestFromJson _requests = new(options);
    private readonly ChatContentToJson _contents = new(options);
    private readonly Func<IServiceProvider, string, IChatClient>? _factory = options.ChatClientFactory;
    private readonly Action<HttpContext, ChatOptions>? _configure = options.ConfigureOptions;
    private readonly bool _includesReasoning = options.IncludeReasoning;
    private readonly long _maxRequestBytes = options.MaxRequestBytes;
    private readonly StreamTiming _timing = new(options.FirstUpdateGracePeriod, options.KeepAliveInterval);

    public Task HandleAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        var isDocument = IsDocument(context);
        using var document = await RequestDocument.ReadAsync(context, _maxRequestBytes).ConfigureAwait(false);
        var request = _requests.Read(new RequestValue(document.RootElement, string.Empty));
        if (!_includesReasoning)
        {
            (request.Options.Reasoning ??= new ReasoningOptions()).Output = ReasoningOutput.None;
        }

        _configure?.Invoke(context, request.Options);
        var chat = Client(context, request.Endpoint);
        if (isDocument)
        {
            await SendDocumentAsync(context, chat, request).ConfigureAwait(false);
            return;
        }

        var stream = new ChatStream(
            context, new ChatEvents(request.Endpoint, _contents), _timing,
            exception => _problems.Report(context, exception, request.Endpoint));
        await stream.SendAsync(chat.GetStreamingResponseAsync(request.Messages, request.Options, context.RequestAborted))
            .ConfigureAwait(false);
    });

    private static bool IsDocument(HttpContext context)
    {
        var events = AcceptHeader.Quality(context, "text/event-stream");
        var document = AcceptHeader.Quality(context, "application/json");
        return events > 0 || document > 0 ? document > events : throw InvalidRequests.NotAcceptable();
    }

    private IChatClient Client(HttpContext context, string? endpoint) =>
        endpoint is null ? context.RequestServices.GetRequiredService<IChatClient>()
        : _factory is not null ? _factory(context.RequestServices, endpoint)
        : RouteContext.Serving(context).GetChatClient(endpoint);

    private async Task SendDocumentAsync(HttpContext context, IChatClient chat, ChatRequest request)
    {
        var response = await chat.GetResponseAsync(request.Messages, request.Options, context.RequestAborted).ConfigureAwait(false);
        await JsonReply.SendAsync(
            context, StatusCodes.Status200OK, new ChatDocument(response, request.Endpoint, _contents), ChatDocument.Write)
            .ConfigureAwait(false);
    }
}
