using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound.Shaping;

/// <summary>
/// Fetches images that stand in the conversation as addresses, for models that take them as data alone. It does so with the caller's own
/// function: an address may come from a stranger, and only the caller knows which may be followed.
/// </summary>
internal static class InlinedImages
{
    public static bool AreWanted(ChatRequest request, DatabricksServingOptions settings) =>
        settings.FetchImage is not null && request.IsShaped && !request.Model.Messages.AcceptsImageAddresses &&
        request.Messages.Any(message => message is not null && message.Contents.Any(IsAddress));

    public static async Task<ChatRequest> FetchAsync(
        ChatRequest request, Func<Uri, CancellationToken, Task<DataContent>> fetch, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>(request.Messages);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && message.Contents.Any(IsAddress))
            {
                var contents = new List<AIContent>(message.Contents);
                for (var j = 0; j < contents.Count; j++)
                {
                    if (IsAddress(contents[j]))
                    {
                        contents[j] = await FetchOneAsync((UriContent)contents[j], fetch, cancellationToken).ConfigureAwait(false);
                    }
                }

                messages[i] = message.With(contents);
            }
        }

        return request with { Messages = messages, HasFetchedImages = true };
    }

    private static async Task<DataContent> FetchOneAsync(
        UriContent image, Func<Uri, CancellationToken, Task<DataContent>> fetch, CancellationToken cancellationToken)
    {
        var data = await fetch(image.Uri, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException(
            $"{nameof(DatabricksServingOptions)}.{nameof(DatabricksServingOptions.FetchImage)} gave nothing for an image. Throw there, or return its data.");
        return new DataContent(data.Data, data.MediaType ?? image.MediaType)
        {
            Name = data.Name,
            AdditionalProperties = image.AdditionalProperties,
        };
    }

    private static bool IsAddress(AIContent content) =>
        content is UriContent uri && uri.HasTopLevelMediaType("image") && uri.Uri.IsAbsoluteUri &&
        (uri.Uri.Scheme == Uri.UriSchemeHttps || uri.Uri.Scheme == Uri.UriSchemeHttp);
}
