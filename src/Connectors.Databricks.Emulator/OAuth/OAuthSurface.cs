using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviours;
using Connectors.Databricks.Emulator.Http;
using Route = Connectors.Databricks.Emulator.Http.Route;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Answers the OAuth side, as scripted or by itself.</summary>
internal sealed class OAuthSurface(
    DatabricksEmulatorOptions options,
    EmulatedOAuth oauth,
    TokenBook tokens,
    EmulatorAddresses addresses,
    ConcurrentDictionary<string, EmulatedEndpoint> endpoints)
{
    private readonly Discovery _discovery = new(options, addresses);
    private readonly TokenGrants _grants = new(options, oauth, tokens, addresses, endpoints);

    public EmulatedOAuthEndpoint? Find(Route route) => route.Kind switch
    {
        // A host knows its own account only.
        _ when route.AccountId is not null && route.AccountId != options.AccountId => null,
        RouteKind.HostMetadata => oauth.HostMetadata,
        RouteKind.ServerMetadata => oauth.ServerMetadata,
        RouteKind.Token => oauth.TokenEndpoint,
        _ => null,
    };

    /// <returns>Null when there is nothing at this address.</returns>
    public HttpAnswer? Answer(EmulatorCall call)
    {
        if (Find(call.Route) is not { IsMissing: false } endpoint)
        {
            return null;
        }

        var turn = endpoint.Take();
        HttpAnswer answer = turn switch
        {
            AutomaticTurn => AnswerByItself(call, turn.Decoration),
            BodyTurn body => body.Answer,
            FailureTurn failure => failure.Answer(options.TimeProvider.GetUtcNow()),
            _ => new NoAnswer(),
        };
        return answer with { Decoration = turn.Decoration };
    }

    private BodyAnswer AnswerByItself(EmulatorCall call, Decoration decoration)
    {
        try
        {
            var document = call.Route.Kind switch
            {
                RouteKind.HostMetadata => _discovery.HostMetadata(),
                RouteKind.ServerMetadata => _discovery.ServerMetadata(call.Route.AccountId),
                _ => _grants.Grant(new TokenRequest(call.Request, call.Ids)),
            };
            return OAuthAnswers.Document(document, decoration);
        }
        catch (OAuthRefusal refusal)
        {
            return OAuthAnswers.Error(refusal.Status, refusal.Error, refusal.Message);
        }
    }
}
