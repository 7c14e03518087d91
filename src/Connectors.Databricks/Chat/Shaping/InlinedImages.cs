using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Downloads images referenced by URL for models that accept only inline data, with the function of the caller: URLs may be untrusted, and
/// only the caller can validate them (SSRF).
/// </summary>
internal static class InlinedImages
{
    public static bool AreNeeded(ChatRequest request, DatabricksChatOptions settings) =>
        settings.FetchImage is not null && request.IsShaped && !request.Model.SupportsImageUrls &&
        request.Messages.Any(message => message is not null && message.Contents.Any(HasAddress));

    public static async Task<ChatRequest> FetchAsync(
        ChatRequest request, Func<Uri, CancellationToken, Task<DataContent>> fetch, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage>(request.Messages);
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && message.Contents.Any(HasAddress))
            {
                messages[i] = message.With(await FetchAllAsync(message.Contents, fetch, cancellationToken).ConfigureAwait(false));
            }
        }

        return request with { Messages = messages, HasFetchedImages = true };
    }

    private static async Task<List<AIContent>> FetchAllAsync(
        IEnumerable<AIContent> contents, Func<Uri, CancellationToken, Task<DataContent>> fetch, CancellationToken cancellationToken)
    {
        var fetched = new List<AIContent>();
        foreach (var content in contents)
        {
            fetched.Add(content switch
            {
                UriContent image when IsAddress(image) => await FetchOneAsync(image, fetch, cancellationToken).ConfigureAwait(false),
                FunctionResultContent result when HasAddress(result) => result.With(
                    await FetchAllAsync(ResultContents.Of(result)!, fetch, cancellationToken).ConfigureAwait(false)),
                _ => content,
            });
        }

        return fetched;
    }

    private static async Task<DataContent> FetchOneAsync(
        UriContent image, Func<Uri, CancellationToken, Task<DataContent>> fetch, CancellationToken cancellationToken)
    {
        var data = await fetch(image.Uri, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException(
            $"{nameof(DatabricksChatOptions)}.{nameof(DatabricksChatOptions.FetchImage)} returned null for an image. " +
            "Return its data, or throw.");
        return new DataContent(data.Data, data.MediaType ?? image.MediaType)
        {
            Name = data.Name,
            AdditionalProperties = image.AdditionalProperties,
        };
    }

    // Images in tool results are included: they are sent in a separate message.
    private static bool HasAddress(AIContent content) =>
        IsAddress(content) || (content is FunctionResultContent result && ResultContents.Of(result)?.Any(IsAddress) is true);

    private static bool IsAddress(AIContent content) =>
        content is UriContent uri && uri.HasTopLevelMediaType("image") && uri.Uri.IsAbsoluteUri &&
        (uri.Uri.Scheme == Uri.UriSchemeHttps || uri.Uri.Scheme == Uri.UriSchemeHttp);
}
