using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>The document that a caller starts a request from, through <see cref="ChatOptions.RawRepresentationFactory"/>.</summary>
internal static class ChatBaseDocument
{
    /// <summary>Asks the factory, once per request.</summary>
    /// <exception cref="ArgumentException">The document sets what the call itself decides.</exception>
    public static JsonObject? From(ChatOptions? options, IChatClient client)
    {
        // A result of another type is for another provider: the convention is to ignore it.
        if (options?.RawRepresentationFactory?.Invoke(client) is not JsonObject document)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["messages", "stream"])
        {
            if (document.ContainsKey(name))
            {
                throw OptionExceptions.Invalid(
                    $"The base document from ChatOptions.RawRepresentationFactory sets \"{name}\", which the call itself decides. Remove it there.");
            }
        }

        return document;
    }
}
