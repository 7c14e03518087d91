using System.Text.Json;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>Inside a container of Model Serving, the token that the platform puts into a file (authentication reference §6.12).</summary>
internal sealed class ModelServingStrategy() : Strategy("model-serving")
{
    private const string Purpose = "Reading the model serving token";

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
            using var document = JsonDocument.Parse(context.Surroundings.ReadFile(ModelServingHost.TokenPath));
            if (document.RootElement.TryGetProperty("OAUTH_TOKEN", out var tokens)
                && tokens.ValueKind == JsonValueKind.Array && tokens.GetArrayLength() > 0
                && tokens[0].ValueKind == JsonValueKind.Object)
            {
                // The cache stops using a token a moment before its expiry.
                var expiry = context.Now + ReadAgainAfter + TokenCache.ExpiryBuffer;
                return TokenFromWire.Token(TokenFromWire.Text(tokens[0], "oauthTokenValue"), expiry, "oauthTokenValue", Purpose);
            }

            throw CredentialFailures.Provider($"{Purpose}: {ModelServingHost.TokenPath} has no OAUTH_TOKEN.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or TokenCallException or InvalidOperationException)
        {
            var reason = exception is JsonException ? "it is not JSON" : exception.Message;
            throw CredentialFailures.Provider($"{Purpose} from {ModelServingHost.TokenPath} failed: {reason}");
        }
    }
}
