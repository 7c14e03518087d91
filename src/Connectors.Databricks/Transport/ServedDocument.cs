namespace Connectors.Databricks.Transport;

/// <summary>One whole JSON body, with the reply it came in.</summary>
internal sealed record ServedDocument(ServingReply Reply, byte[] Body)
{
    public static async Task<ServedDocument> ReadAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ServingFailures.CutOff(call, reply, exception);
        }

        if (string.Equals(reply.MediaType, "text/html", StringComparison.OrdinalIgnoreCase))
        {
            throw ServingFailures.Html(call, reply, body);
        }

        return new ServedDocument(reply, body);
    }
}
