using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The documents of the OAuth side in the order of members that its documentation shows.</summary>
internal static class OAuthResponses
{
    /// <summary>RFC 6749 section 5.2.</summary>
    public static BodyResponse Error(int status, string error, string? description, TimeSpan? retryAfter = null)
    {
        var body = new JsonObject { ["error"] = error };
        if (description is not null)
        {
            body["error_description"] = description;
        }

        var answer = ServerResponse.Json(status, body);
        if (retryAfter is not TimeSpan wait)
        {
            return answer;
        }

        // The header has whole seconds only; rounding down would request too short a delay.
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return answer with { Headers = new Dictionary<string, string> { ["retry-after"] = seconds } };
    }

    /// <summary>A document with omitted and replaced members.</summary>
    public static BodyResponse Document(JsonObject document, ResponseModifiers modifiers)
    {
        foreach ((var member, var value) in modifiers.Members)
        {
            if (value is null)
            {
                document.Remove(member);
            }
            else
            {
                document[member] = value.DeepClone();
            }
        }

        return ServerResponse.Json(200, document);
    }
}
