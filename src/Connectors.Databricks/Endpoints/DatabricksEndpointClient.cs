using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Endpoints;

/// <summary>
/// The serving endpoints of a workspace: what is served, what state it is in, and how to change it. It comes from
/// <see cref="DatabricksServingClient.Endpoints"/>, and is thread-safe.
/// </summary>
/// <remarks>
/// Reads are tried again after any failure that may pass. Writes that say the same twice are as well; a create, a change of the
/// configuration, a start, a stop and a delete are only when the service has not begun: when no answer comes to one, look at the endpoint
/// before you send it again.
/// </remarks>
public partial class DatabricksEndpointClient
{
    private const string Collection = "serving-endpoints";

    private readonly DatabricksServingOptions? _settings;
    private readonly ServingTransport? _transport;
    private readonly Func<double> _random = Random.Shared.NextDouble;
    private readonly Func<string, IChatClient>? _openChat;

    internal DatabricksEndpointClient(
        DatabricksServingOptions settings, ServingTransport transport, Func<double> random, Func<string, IChatClient> openChat)
    {
        _openChat = openChat;
        _settings = settings;
        _transport = transport;
        _random = random;
    }

    /// <summary>For mocks and decorators alone: every member that is called must be overridden.</summary>
    protected DatabricksEndpointClient()
    {
    }

    private DatabricksServingOptions Settings => Connected(_settings);

    private Redaction Redaction => _transport?.Redaction ?? Redaction.OfNone;

    internal TimeProvider Clock => _settings?.TimeProvider ?? TimeProvider.System;

    private Task<ServedDocument> ReadAsync(
        string operation, string endpointName, Uri uri, CancellationToken cancellationToken, string? accept = null) =>
        Connected(_transport).GetDocumentAsync(ReadCall(operation, endpointName, uri, accept), cancellationToken).AsTask();

    private async Task<T> ReadAsync<T>(
        string operation, string endpointName, Uri uri, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
    {
        var call = ReadCall(operation, endpointName, uri, accept: null);
        return await ParsedAsync(call, contract, cancellationToken).ConfigureAwait(false);
    }

    private Task<TAnswer> WriteAsync<T, TAnswer>(
        ServingCall call, T document, JsonTypeInfo<T> contract, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        WriteAsync(
            call, document, contract, (sent, served, stop) => Inbound.ManagementFromWire.Read(sent, served, answer, stop),
            cancellationToken);

    // The reader gets the call that was sent, which knows the secrets, and reads within its time.
    private async Task<TAnswer> WriteAsync<T, TAnswer>(
        ServingCall call,
        T document,
        JsonTypeInfo<T> contract,
        Func<ServingCall, ServedDocument, CancellationToken, TAnswer> read,
        CancellationToken cancellationToken)
    {
        using var body = NewBody(document, contract);
        var sent = call with { Body = body };
        return await Connected(_transport).GetDocumentAsync(
            sent, (sent, read), static (served, state, stop) => state.read(state.sent, served, stop), cancellationToken)
            .ConfigureAwait(false);
    }

    // What a service repeats of the document must not be told by logs and tags either, which do not know the call.
    private RequestBody NewBody<T>(T document, JsonTypeInfo<T> contract)
    {
        var body = Outbound.ManagementBody.Of(document, contract);
        foreach (var secret in body.Secrets)
        {
            Connected(_transport).Redaction.Add(secret);
        }

        return body;
    }

    private ValueTask<T> ParsedAsync<T>(ServingCall call, JsonTypeInfo<T> contract, CancellationToken cancellationToken) =>
        Connected(_transport).GetDocumentAsync(
            call, (call, contract), static (document, state, stop) => Inbound.ManagementFromWire.Read(state.call, document, state.contract, stop),
            cancellationToken);

    private static ServingCall ReadCall(string operation, string endpointName, Uri uri, string? accept) =>
        new(operation, endpointName, uri, Body: null, IsStream: false)
        {
            Method = HttpMethod.Get,
            Accept = accept,
            RetrySafety = RetrySafety.Idempotent,
            IsSentence = true,
            Advise = ManagementAdvice.ForRead,
            Surface = ResponseSurface.Management,
        };

    private static ServingCall WriteCall(HttpMethod method, string operation, string endpointName, Uri uri, RetrySafety retrySafety) =>
        new(operation, endpointName, uri, Body: null, IsStream: false)
        {
            Method = method,
            RetrySafety = retrySafety,
            IsSentence = true,
            Advise = ManagementAdvice.ForWrite,
            Surface = ResponseSurface.Management,
        };

    /// <summary>The address of an endpoint, or of something under it; names are escaped.</summary>
    private Uri At(params ReadOnlySpan<string> segments) => EndpointPath.Management(Settings.Host, Collection, segments);

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This DatabricksEndpointClient was created without a workspace, as mocks are. Override the member that was called.");
}
