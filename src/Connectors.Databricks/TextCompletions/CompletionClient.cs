using System.Runtime.CompilerServices;
using Connectors.Databricks.TextCompletions.Inbound;
using Connectors.Databricks.TextCompletions.Outbound;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.TextCompletions;

/// <summary>Entry point of text completions: connects the outbound mapping, the transport and the inbound mapping.</summary>
internal sealed class CompletionClient(DatabricksServingOptions settings, ServingTransport transport)
{
    public Task<DatabricksCompletion> CompleteAsync(
        string endpointName, string[] prompts, bool isList, DatabricksCompletionOptions? options, CancellationToken cancellationToken) =>
        CompleteAsync(new CompletionRequest(endpointName, prompts, isList, options?.Copy() ?? new(), IsStream: false), cancellationToken);

    private async Task<DatabricksCompletion> CompleteAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        using var body = CompletionRequestToWire.Write(request, settings);
        var call = NewCall(request, body);
        return await transport.GetDocumentAsync(
            call, (call, request.Choices),
            static (document, state, stop) => CompletionFromWire.Read(state.call, document, state.Choices, stop),
            cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<DatabricksCompletionUpdate> StreamAsync(
        string endpointName, string[] prompts, bool isList, DatabricksCompletionOptions? options, CancellationToken cancellationToken)
    {
        var request = new CompletionRequest(endpointName, prompts, isList, options?.Copy() ?? new(), IsStream: true);

        // Written and discarded, so that invalid options throw at the call and not at the enumeration.
        CompletionRequestToWire.Write(request, settings).Dispose();
        return StreamAsync(request, cancellationToken);
    }

    private async IAsyncEnumerable<DatabricksCompletionUpdate> StreamAsync(
        CompletionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var body = CompletionRequestToWire.Write(request, settings);
        var call = NewCall(request, body);
        using var reply = await transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
        var reading = new CompletionStreamFromWire(call, reply, request.Choices, request.Options.IncludeRawUpdates, cancellationToken);
        if (reply.IsDocument)
        {
            // An endpoint without streaming responds with one document.
            var whole = await transport.ReadDocumentAsync(
                call, reply, reading, static (document, reading, _) => reading.ReadWhole(document), cancellationToken)
                .ConfigureAwait(false);
            foreach (var update in whole)
            {
                yield return update;
            }

            yield break;
        }

        var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var events = new ServingEventStream(call, reply, stream, settings);
        var updates = new List<DatabricksCompletionUpdate>(1);
        var hasMore = true;
        while (hasMore)
        {
            hasMore = await events.MoveNextAsync().ConfigureAwait(false);
            if (!hasMore || !reading.Read(events, updates))
            {
                reading.End(sawEndMarker: hasMore, events.BrokenBy, updates);
                hasMore = false;
            }

            for (var i = 0; i < updates.Count; i++)
            {
                yield return updates[i];
            }

            updates.Clear();
        }

        await events.ReadToEndAsync().ConfigureAwait(false);
    }

    private ServingCall NewCall(CompletionRequest request, RequestBody body) => new(
        request.IsStream ? "Streaming completion" : "Completion", request.EndpointName,
        EndpointPath.Invocations(settings.Host!, request.EndpointName), body, request.IsStream)
    {
        Advise = CompletionErrorHints.For,
        Surface = ResponseSurface.Chat,
    };
}
