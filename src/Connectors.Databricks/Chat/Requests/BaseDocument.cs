using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>The base document of a request, from <see cref="ChatOptions.RawRepresentationFactory"/>.</summary>
internal static class BaseDocument
{
    /// <summary>Calls the factory, once per request.</summary>
    /// <exception cref="ArgumentException">The document sets a member that the call determines.</exception>
    public static JsonObject? From(ChatOptions? options, IChatClient client)
    {
        // By convention, results of other types are ignored: they are for other providers.
        if (options?.RawRepresentationFactory?.Invoke(client) is not JsonObject document)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["messages", "input", "stream"])
        {
            if (document.ContainsKey(name))
            {
                throw OptionExceptions.Invalid(
                    $"The base document from ChatOptions.RawRepresentationFactory sets \"{name}\", which the call determines. " +
                    "Remove it from the document.");
            }
        }

        return document;
    }
}
