using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>
/// The host of one app: the proxy of Databricks Apps, which accepts OAuth tokens alone and cuts requests after 120 seconds, and the server
/// behind it.
/// </summary>
internal sealed class AppServer : IAsyncDisposable
{
    /// <summary>The proxy's limit [docs:aws/en/agents/query-llms].</summary>
    internal static readonly TimeSpan ProxyTimeout = TimeSpan.FromSeconds(120);

    private const int LargestBody = 16 * 1024 * 1024;

    private readonly DatabricksEmulatorOptions _options;
    private readonly EmulatorAddresses _addresses;
    private readonly TokenStore _tokens;
    private readonly CancellationTokenSource _stopping = new();
    private readonly AppHandler _handler;
    private LoopbackApplication? _application;
    private long _number;

    public AppServer(AppState state, DatabricksEmulatorOptions options, EmulatorAddresses addresses, TokenStore tokens)
    {
        State = state;
        _options = options;
        _addresses = addresses;
        _tokens = tokens;
        _handler = state.Server == EmulatedAgentServer.LongRunning
            ? new LongRunningAppHandler(state, options, _stopping.Token)
            : new InvocationAppHandler(state, options, _stopping.Token);
    }

    public AppState State { get; }

    public RequestMonitor Watch { get; } = new();

    /// <summary>The address without a trailing slash, as the service writes it.</summary>
    public Uri? Url { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _application = await LoopbackApplication.StartAsync(HandleAsync, [0], static limits =>
        {
            limits.MaxRequestBodySize = LargestBody;
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
        }, cancellationToken).ConfigureAwait(false);
        Url = _application.Addresses[0];
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_application is not null)
        {
            await _application.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var ids = new RequestIds(long.MaxValue / 2 - Interlocked.Increment(ref _number));
        using var proxy = new CancellationTokenSource(ProxyTimeout, _options.TimeProvider);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token, proxy.Token);
        context.Response.Headers["x-request-id"] = ids.RequestId;
        string text;
        using (var reader = new StreamReader(context.Request.Body, Encoding.UTF8))
        {
            text = await reader.ReadToEndAsync(stopped.Token).ConfigureAwait(false);
        }

        var recorded = Record(context, text, ids);
        Watch.Arrived(recorded, _options.Limits.MaxRecordedRequests);
        string[] path = [.. recorded.Path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
        var call = new AppCall(context, recorded, path, Parse(text), ids, stopped.Token);
        try
        {
            await (Refuse(call) ?? _handler.HandleAsync(call)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            await EndAsync(context, recorded, proxy.IsCancellationRequested).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(HttpContext context, RecordedRequest recorded, bool isTimeout)
    {
        if (!isTimeout || context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        recorded.StatusCode = context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("upstream request timeout", CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A missing login is a redirect; personal access tokens are none.</summary>
    private Task? Refuse(AppCall call)
    {
        var authorization = call.Request.Headers.GetValueOrDefault("authorization");
        var token = authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) is true ? authorization[7..].Trim() : "";
        if (State.RequiresLogin || _tokens.FindGood(token) is null)
        {
            call.Request.StatusCode = StatusCodes.Status302Found;
            var callback = Uri.EscapeDataString($"{Url}.auth/callback");
            call.Context.Response.Redirect(
                $"{_addresses.WorkspaceText}/oidc/oauth2/v2.0/authorize?response_type=code&redirect_uri={callback}");
            return Task.CompletedTask;
        }

        // Unconfirmed: the text.
        return State.DeniesUse ? call.FailAsync(403, $"User does not have CAN_USE on app {State.Name}.") : null;
    }

    private RecordedRequest Record(HttpContext context, string text, RequestIds ids)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value.AsEnumerable()), StringComparer.OrdinalIgnoreCase);
        return new RecordedRequest(
            context.Request.Method, target[0], target.ElementAtOrDefault(1) ?? "", headers, text, null, null, ids.RequestId,
            _options.TimeProvider.GetUtcNow());
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
