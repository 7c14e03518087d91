using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>Answers the OAuth side, as scripted or by itself.</summary>
internal sealed class OAuthSurface(
    DatabricksEmulatorOptions options,
    OAuthState oauth,
    TokenStore tokens,
    EmulatorAddresses addresses,
    Workspace workspace)
{
    private readonly Discovery _discovery = new(options, addresses);
    private readonly TokenGrants _grants = new(options, oauth, tokens, addresses, workspace);

    /// <returns>Null for the account of another workspace.</returns>
    public OAuthEndpoint? Find(OAuthTarget target) => target.Resource switch
    {
        _ when target.AccountId is not null && target.AccountId != options.Authentication.AccountId => null,
        OAuthResource.HostMetadata => oauth.HostMetadata,
        OAuthResource.ServerMetadata => oauth.ServerMetadata,
        _ => oauth.TokenEndpoint,
    };

    /// <returns>Null when there is nothing at this address.</returns>
    public HttpAnswer? Answer(OAuthTarget target, RecordedRequest request, RequestIds ids)
    {
        if (Find(target) is not { IsMissing: false } endpoint)
        {
            return null;
        }

        var turn = endpoint.Script.Take(requestIsAccepted: true)!;
        HttpAnswer answer = turn switch
        {
            AutomaticTurn => AnswerByItself(target, request, ids, turn.Modifiers),
            BodyTurn body => body.Answer,
            FailureTurn failure => failure.Answer(options.TimeProvider.GetUtcNow()),
            _ => new NoAnswer(),
        };
        return answer with { Modifiers = turn.Modifiers };
    }

    private BodyAnswer AnswerByItself(OAuthTarget target, RecordedRequest request, RequestIds ids, ResponseModifiers modifiers)
    {
        try
        {
            var document = target.Resource switch
            {
                OAuthResource.HostMetadata => _discovery.HostMetadata(),
                OAuthResource.ServerMetadata => _discovery.ServerMetadata(target.AccountId),
                _ => _grants.Grant(new TokenRequest(request, ids)),
            };
            return OAuthAnswers.Document(document, modifiers);
        }
        catch (OAuthRefusal refusal)
        {
            return OAuthAnswers.Error(refusal.Status, refusal.Error, refusal.Message);
        }
    }
}
