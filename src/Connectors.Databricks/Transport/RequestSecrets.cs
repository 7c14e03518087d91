using System.Text.Json;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Finds the secrets in a request document by the names of their members: keys of external models, environment variables, headers of tools.
/// </summary>
internal static class RequestSecrets
{
    // The name of a member or of an environment variable; not "key" alone, which tags have.
    private static readonly string[] Names =
        [
            "plaintext", "secret", "password", "api_key", "apikey", "api-key", "access_key", "private_key", "authorization", "token",
            "credential",
        ];

    // A reference to a secret of the workspace is not a secret.
    private const string Reference = "{{";

    public static List<string> Read(ReadOnlySpan<byte> document)
    {
        var secrets = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(document);
            var isSecret = false;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    isSecret = IsSecret(reader.GetString()!);
                }
                else if (isSecret && reader.TokenType == JsonTokenType.String && reader.GetString() is { } value
                    && !value.StartsWith(Reference, StringComparison.Ordinal))
                {
                    secrets.Add(value);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A document of the caller's own that is no JSON, or is too deep; what was read before stays.
        }

        return secrets;
    }

    private static bool IsSecret(string name) => Array.Exists(Names, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
