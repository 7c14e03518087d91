using System.Text.Json;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>Inside a container of Model Serving, the token that the platform puts into a file (authentication reference §6.12).</summary>
internal sealed class ModelServingStrategy() : Strategy("model-serving")
{
    // The platform replaces the file's token; this is how long one is used before it is read again.
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(300);

    // The file may be caught while it is being replaced.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(0.5);

    public override ValueTask<StrategyOffer> OfferAsync(StrategyContext context, CancellationToken cancellationToken) =>
        new(ModelServingHost.IsHere(context.Surroundings)
            ? StrategyOffer.Of(new TokenSource(AuthType, stop => FetchAsync(context, stop)) { RenewsAhead = false })
            : StrategyOffer.Decline("this is not a container of Model Serving"));

    private static async Task<DatabricksAccessToken> FetchAsync(StrategyContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Read(context);
        }
        catch (DatabricksCredentialException)
        {
            await Task.Delay(RetryDelay, context.Surroundings.Clock, cancellationToken).ConfigureAwait(false);
            return Read(context);
        }
    }

    private static DatabricksAccessToken Read(StrategyContext context)
    {
        try
        {
            using var document = TokenJson.Parse(context.Surroundings.ReadFile(ModelServingHost.TokenPath));

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
        CredentialFailures.Provider($"Reading the model serving token from {ModelServingHost.TokenPath} failed: {reason}");
}
