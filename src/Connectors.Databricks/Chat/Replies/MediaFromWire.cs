using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>Reads the address of an image: a data URI, or a URL.</summary>
internal static class MediaFromWire
{
    /// <returns>The content, or null when the address is neither.</returns>
    public static AIContent? Read(string address)
    {
        if (!address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? new UriContent(uri, "image/*") : null;
        }

        try
        {
            return new DataContent(address);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // A data URI without a valid media type.
            return null;
        }
    }
}
