using System.Text.Json;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The token that Model Serving writes to a file inside its containers (authentication reference §6.12).</summary>
internal sealed class ModelServingCredentialSource() : CredentialSource("model-serving")
{
    // The platform replaces the file's token; this is how long one is used before it is read again.
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(300);

    // The file may be read while it is being replaced.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    public override ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken) =>
        new(ModelServingHost.IsHere(context.Platform)
            ? CredentialSourceResult.Created(new TokenSource(AuthType, stop => FetchAsync(context, stop)) { RenewsAhead = false })
            : CredentialSourceResult.Declined("this is not a container of Model Serving"));

    private static async Task<DatabricksAccessToken> FetchAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Read(context);
        }
        catch (DatabricksCredentialException)
        {
            await Task.Delay(RetryDelay, context.Platform.Clock, cancellationToken).ConfigureAwait(false);
            return Read(context);
        }
    }

    private static DatabricksAccessToken Read(CredentialSourceContext context)
    {
        try
        {
            using var document = TokenJson.Parse(context.Platform.ReadFile(ModelServingHost.TokenPath));

            // The cache stops using a token a moment before its expiry.
            var expiry = context.Now + ReadAgainAfter + TokenCache.ExpiryBuffer;
            return FirstToken(document.RootElement) is { Length: > 0 } token
                ? new DatabricksAccessToken(token, expiry)
                : throw Failed("it has no OAUTH_TOKEN with an 'oauthTokenValue'");
        }
        catch (JsonException)
        {
            throw Failed("it is not JSON");
        }
        catch (ArgumentException)
        {
            throw Failed("its token has characters that no token has");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(exception.Message);
        }
    }

    private static string? FirstToken(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("OAUTH_TOKEN", out var tokens)
        && tokens.ValueKind == JsonValueKind.Array && tokens.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            ? TokenFromWire.Text(first, "oauthTokenValue")
            : null;

    private static DatabricksCredentialException Failed(string reason) =>
        CredentialExceptions.Provider($"Reading the model serving token from {ModelServingHost.TokenPath} failed: {reason}");
}
