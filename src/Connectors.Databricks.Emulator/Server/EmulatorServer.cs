using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Extensions;
using Connectors.Databricks.Emulator.Faults;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>The HTTP server: records requests, checks tokens and limits, and dispatches.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    // Body limits of custom models and of everything else [docs:gcp/en/…/model-serving-limits].
    private const int LargestBody = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly DatabricksEmulatorOptions _options;
    private readonly EmulatorAddresses _addresses;
    private readonly TokenStore _tokens;
    private readonly Dispatcher _dispatcher;
    private readonly ResponseWriter _writer;
    private readonly EmulatedApis _apis;
    private readonly FaultPlan _faults;
    private readonly FaultInjector _player;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = [];
    private LoopbackApplication? _application;
    private long _number;

    public EmulatorServer(
        DatabricksEmulatorOptions options,
        EmulatorAddresses addresses,
        TokenStore tokens,
        Dispatcher dispatcher,
        FaultPlan faults,
        EmulatedApis apis)
    {
        _apis = apis;
        _addresses = addresses;
        _options = options;
        _tokens = tokens;
        _dispatcher = dispatcher;
        _writer = new ResponseWriter(options.TimeProvider, options.TokenDelay);
        _faults = faults;
        _player = new FaultInjector(faults, options.TimeProvider);
    }

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _application = await LoopbackApplication.StartAsync(HandleAsync, [_options.Port, 0], static limits =>
        {
            limits.MaxRequestBodySize = null;
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
        }, cancellationToken).ConfigureAwait(false);
        (_addresses.Workspace, _addresses.DataPlane) = (_application.Addresses[0], _application.Addresses[1]);
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
        var ids = new RequestIds(Interlocked.Increment(ref _number));
        var started = _options.TimeProvider.GetTimestamp();
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        context.Response.Headers.Server = "databricks";
        context.Response.Headers["x-request-id"] = ids.RequestId;
        context.Response.Headers["x-databricks-request-id"] = ids.RequestId;
        context.Response.Headers["x-databricks-org-id"] = _options.WorkspaceId;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.Vary = "Accept-Encoding";

        (var rawPath, var query) = SplitTarget(context);
        var body = await ReadBodyAsync(context.Request, stopped.Token).ConfigureAwait(false);
        var text = body is null ? "" : Encoding.UTF8.GetString(body);
        var isJson = TryParse(text, out var json);
        var route = context.Connection.LocalPort == _addresses.DataPlane?.Port
            ? Route.FindOnDataPlane(context.Request.Method, rawPath)
            : _apis.Find(rawPath) is IEmulatedApi api ? Route.To(api) : Route.Find(context.Request.Method, rawPath, json);
        var recorded = Record(context.Request, rawPath, query, text, route, ids);
        var (endpoint, service) = _dispatcher.Find(route);
        recorded.Fault = _faults.Draw(recorded);
        if (route.IsGateway)
        {
            GatewayHeaders.Write(context.Response.Headers, ids);
        }

        var call = new EmulatorCall(recorded, route, endpoint, service, isJson ? json : null, ids);
        var answer = GatewayFaults.Answer(recorded.Fault) ?? Refuse(context.Request, route, body, endpoint)
            ?? (route.Api is null ? _dispatcher.Answer(call) : await RespondAsync(call, stopped).ConfigureAwait(false));
        var watch = _dispatcher.Watch(route);
        recorded.StatusCode = answer is BodyResponse failing ? failing.Status : answer is DroppedConnection ? null : 200;
        watch?.Arrived(recorded, _options.Limits.MaxRecordedRequests);
        var isFinished = false;
        void Finish()
        {
            if (!isFinished)
            {
                isFinished = true;
                Dispatcher.Finished(call, answer, _options.TimeProvider.GetElapsedTime(started));
            }
        }

        try
        {
            Task WriteAsync() => _writer.WriteAsync(context, answer, () => watch?.Paused(), Finish, stopped.Token);
            var fault = answer is DroppedConnection ? null : recorded.Fault;
            await _player.PlayAsync(context, fault, WriteAsync, () => watch?.Paused(), stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            Finish();
            Log(recorded, _options.TimeProvider.GetElapsedTime(started));
        }
    }

    private static async Task<ServerResponse> RespondAsync(EmulatorCall call, CancellationTokenSource stopped)
    {
        try
        {
            return await call.Route.Api!.RespondAsync(
                new EmulatedApiCall(
                    call.Request.Method, EmulatedApis.Segments(call.Request.Path), call.Json, call.Authorization, call.Ids.Guid(1)),
                stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return new DroppedConnection();
        }
    }

    private ServerResponse? Refuse(HttpRequest request, Route route, byte[]? body, ServingEndpoint? endpoint)
    {
        if (!route.IsPublic && _tokens.Refuse(request.Headers.Authorization, route.Demand, endpoint) is ServerResponse refusal)
        {
            return refusal;
        }

        // Unconfirmed: the status is one of two from memory, code and wording are guesses (§10.5).
        var limit = endpoint is { Task: null } || route.Api is not null ? LargestBody : LargestBody / 4;
        return body is null || body.Length > limit
            ? ServerResponse.Error(
                _options.Quirks.PayloadTooLargeStatus, "BAD_REQUEST", $"Request size exceeds the limit of {limit} bytes.")
            : null;
    }

    private RecordedRequest Record(HttpRequest request, string rawPath, string query, string text, Route route, RequestIds ids)
    {
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value.AsEnumerable()), StringComparer.OrdinalIgnoreCase);
        var recorded = new RecordedRequest(
            request.Method,
            rawPath,
            query,
            headers,
            text,
            FormBody.Read(request.ContentType, text),
            route.EndpointName,
            ids.RequestId,
            _options.TimeProvider.GetUtcNow());
        lock (_lock)
        {
            _requests.Enqueue(recorded);
            if (_requests.Count > _options.Limits.MaxRecordedRequests)
            {
                _requests.Dequeue();
            }
        }

        return recorded;
    }

    private void Log(RecordedRequest request, TimeSpan elapsed)
    {
        var status = request.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "-";
        var milliseconds = elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        var line = $"{request.Method} {request.Path} {status} {milliseconds} ms";
        _options.RequestLog?.Invoke(request.EndpointName is null ? line : $"{line} {request.EndpointName}");
    }

    private static (string Path, string Query) SplitTarget(HttpContext context)
    {
        // Request.Path is already unescaped, so a name with an escaped percent sign would be unescaped twice.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    /// <returns>Null when the body is larger than anything accepts.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length <= LargestBody)
            {
                buffer.Write(block, 0, read);
            }
        }

        return buffer.Length > LargestBody ? null : buffer.ToArray();
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out JsonObject? json)
    {
        try
        {
            json = text.Length == 0 ? null : JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            json = null;
        }

        return json is not null;
    }
}
