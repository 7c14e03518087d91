using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Reads the denial by a service policy from a response with a success status. The spelling varies: <c>action</c> or <c>result</c>, in any
/// case, with or without the finish reason <c>content_filter</c> (serving reference §2.7).
/// </summary>
internal static class ServicePolicyFromWire
{
    public const string Member = "databricks_service_policy";

    /// <summary>The id of a response that the gateway wrote in place of the model.</summary>
    private const string BlockedId = "databricks-guardrail-block";

    /// <param name="policy">The object of the policy; null when there is none.</param>
    /// <param name="responseId">The id of the response.</param>
    /// <param name="isFiltered">Whether the finish reason is that of a content filter.</param>
    /// <returns>The denial; null when no policy denied the call.</returns>
    public static DatabricksServicePolicyDenial? Read(JsonElement? policy, string? responseId, bool isFiltered)
    {
        var details = policy ?? default;
        return (policy is not null && (isFiltered || IsDenial(details))) || responseId == BlockedId
            ? new DatabricksServicePolicyDenial
            {
                PolicyName = details.TextOf("name"),
                Phase = details.TextOf("phase"),
                Reason = details.TextOf("reason"),
            }
            : null;
    }

    public static bool IsDenial(JsonElement policy) => IsDeny(policy.TextOf("action")) || IsDeny(policy.TextOf("result"));

    private static bool IsDeny(string? verdict) =>
        string.Equals(verdict, "deny", StringComparison.OrdinalIgnoreCase) ||
            string.Equals(verdict, "denied", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds a denial to the properties of a response, as JSON that can be stored with it.</summary>
    public static AdditionalPropertiesDictionary AddTo(AdditionalPropertiesDictionary? properties, DatabricksServicePolicyDenial denial)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, denial.PolicyName);
            writer.WriteString("phase"u8, denial.Phase);
            writer.WriteString("reason"u8, denial.Reason);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.Contiguous());
        properties ??= [];
        properties[DatabricksPropertyNames.ServicePolicyDenial] = JsonElement.ParseValue(ref reader);
        return properties;
    }

    public static DatabricksServicePolicyDenial? FromProperties(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(DatabricksPropertyNames.ServicePolicyDenial, out var value) is true &&
        value is JsonElement { ValueKind: JsonValueKind.Object } denial
            ? Read(denial, responseId: null, isFiltered: true)
            : null;
}
