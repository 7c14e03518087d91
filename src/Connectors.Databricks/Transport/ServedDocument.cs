namespace Connectors.Databricks.Transport;

/// <summary>One whole JSON body, with the reply it came in.</summary>
internal sealed record ServedDocument(ServingReply Reply, byte[] Body)
{
    public static async ValueTask<ServedDocument> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await BoundedBody.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            // What the decompression says of bytes that are not packed as the header says.
            throw ServingExceptions.Malformed(call, reply, exception);
        }
        catch (Exception exception) when (exception is (HttpRequestException or IOException) and not DatabricksServingException)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();
            throw ServingExceptions.CutOff(call, reply, exception);
        }

        if (reply.IsHtml)
        {
            throw ServingExceptions.Html(call, reply, body);
        }

        return new ServedDocument(reply, body);
    }
}
