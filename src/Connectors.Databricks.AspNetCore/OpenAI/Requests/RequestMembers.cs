using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Requests;

/// <summary>
/// Checks that each member of a request is known. One that is not is rejected by name, as OpenAI does, unless the app allows it: then it is
/// passed on to the endpoint.
/// </summary>
internal static class RequestMembers
{
    // About storage, accounting and caches of OpenAI: without effect on the response, and sent by clients on their own.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "metadata", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "store", "user",
    };

    public static AdditionalPropertiesDictionary? Additional(RequestValue body, IReadOnlySet<string> known, IReadOnlySet<string> allowed)
    {
        AdditionalPropertiesDictionary? properties = null;
        foreach (var member in body.Element.EnumerateObject())
        {
            if (known.Contains(member.Name) || Ignored.Contains(member.Name))
            {
                continue;
            }

            if (allowed.Contains(member.Name))
            {
                (properties ??= [])[member.Name] = member.Value.Clone();
            }
            else if (member.Value.ValueKind != System.Text.Json.JsonValueKind.Null)
            {
                throw InvalidRequests.Unknown(Shortened(member.Name));
            }
        }

        return properties;
    }

    // The name comes from the client, and goes back to it alone.
    private static string Shortened(string name) => name.Length <= 64 ? name : name[..64];
}
