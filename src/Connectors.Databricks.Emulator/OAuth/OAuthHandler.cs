using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Handles OAuth requests, with scripted or automatic responses.</summary>
internal sealed class OAuthHandler(
    DatabricksEmulatorOptions options,
    OAuthState oauth,
    TokenStore tokens,
    EmulatorAddresses addresses,
    EndpointStore workspace)
{
    private readonly OAuthMetadata _discovery = new(options, addresses);
    private readonly TokenGrants _grants = new(options, oauth, tokens, addresses, workspace);

    /// <returns>Null for the account of another workspace.</returns>
    public OAuthEndpoint? Find(OAuthTarget target) => target.Resource switch
    {
        _ when target.AccountId is not null && target.AccountId != options.Authentication.AccountId => null,
        OAuthResource.HostMetadata => oauth.HostMetadata,
        OAuthResource.ServerMetadata => oauth.ServerMetadata,
        _ => oauth.TokenEndpoint,
    };

    /// <returns>Null when the address does not exist.</returns>
    public ServerResponse? Answer(OAuthTarget target, RecordedRequest request, RequestIds ids)
    {
        if (Find(target) is not { IsMissing: false } endpoint)
        {
            return null;
        }

        var turn = endpoint.ResponseQueue.Take(requestIsAccepted: true)!;
        ServerResponse answer = turn switch
        {
            AutomaticResponse => RespondAutomatically(target, request, ids, turn.Modifiers),
            FixedBody body => body.Answer,
            ScriptedFailure failure => failure.Answer(options.TimeProvider.GetUtcNow()),
            _ => new DroppedConnection(),
        };
        return answer with { Modifiers = turn.Modifiers };
    }

    private BodyResponse RespondAutomatically(OAuthTarget target, RecordedRequest request, RequestIds ids, ResponseModifiers modifiers)
    {
        try
        {
            var document = target.Resource switch
            {
                OAuthResource.HostMetadata => _discovery.HostMetadata(),
                OAuthResource.ServerMetadata => _discovery.ServerMetadata(target.AccountId),
                _ => _grants.Grant(new TokenRequest(request, ids)),
            };
            return OAuthResponses.Document(document, modifiers);
        }
        catch (OAuthException refusal)
        {
            return OAuthResponses.Error(refusal.Status, refusal.Error, refusal.Message);
        }
    }
}
