namespace Connectors.Databricks.Emulator;

/// <summary>What a <see cref="DatabricksEmulator"/> starts with. Copied when it starts; later changes have no effect.</summary>
/// <remarks>The members named after a family decide what the evidence about the real service leaves open.</remarks>
public sealed class DatabricksEmulatorOptions
{
    /// <summary>The port on 127.0.0.1. Zero takes any free one.</summary>
    /// <value>0</value>
    public int Port { get; set; }

    /// <summary>The first valid personal access token.</summary>
    /// <value><c>dapi-emulator-0001</c></value>
    public string Token { get; set; } = "dapi-emulator-0001";

    /// <summary>Tokens that are known but may not query or view anything: they are answered with 403.</summary>
    /// <value>Empty</value>
    public IList<string> TokensWithoutPermission { get; } = [];

    /// <summary>The client id of the service principal that the emulator starts with.</summary>
    /// <value><c>e3000000-0000-4000-8000-000000000001</c></value>
    public string ClientId { get; set; } = "e3000000-0000-4000-8000-000000000001";

    /// <summary>The OAuth secret of that service principal.</summary>
    /// <value><c>dose-emulator-0001</c></value>
    public string ClientSecret { get; set; } = "dose-emulator-0001";

    /// <summary>How long an OAuth access token is valid, by the emulator's clock.</summary>
    /// <value>One hour, as documented for the service</value>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The status of a request whose token has expired.</summary>
    /// <value>403, as reported; the other candidate is 401</value>
    public int ExpiredTokenStatus { get; set; } = 403;

    /// <summary>The OAuth scopes a client may ask for.</summary>
    /// <value><c>all-apis</c>, <c>model-serving</c> and <c>serving.serving-endpoints</c></value>
    public IList<string> Scopes { get; } = ["all-apis", "model-serving", "serving.serving-endpoints"];

    /// <summary>Whether a JWT can be exchanged once only, which shows that a client gets a fresh one each time.</summary>
    /// <value>false</value>
    public bool RefusesReusedSubjectTokens { get; set; }

    /// <summary>The account id in the host metadata and in the paths of an account's OAuth side.</summary>
    /// <value><c>ac000000-0000-4000-8000-000000000001</c></value>
    public string AccountId { get; set; } = "ac000000-0000-4000-8000-000000000001";

    /// <summary>
    /// The Entra tenant of an Azure workspace: <c>/aad/auth</c> redirects to it, the host metadata names Azure as the cloud, and an
    /// OAuth token is refused from 30 seconds before its end.
    /// </summary>
    /// <value>null: the workspace is on AWS</value>
    public string? AzureTenantId { get; set; }

    /// <summary>The clock behind <c>created</c>, the life of OAuth tokens, delays and silences.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How long to wait before each streamed event, so that people can watch text arrive.</summary>
    /// <value>Zero</value>
    public TimeSpan TokenDelay { get; set; }

    /// <summary>The workspace id sent in <c>x-databricks-org-id</c>.</summary>
    /// <value><c>1234567890123456</c></value>
    public string WorkspaceId { get; set; } = "1234567890123456";

    /// <summary>Whether the emulator starts with the endpoints listed in the documentation.</summary>
    /// <value>true</value>
    public bool AddsDefaultEndpoints { get; set; } = true;

    /// <summary>How many requests are kept for tests to look at; the oldest are forgotten. A soak keeps few.</summary>
    /// <value><see cref="int.MaxValue"/>: all of them</value>
    public int MaxRecordedRequests { get; set; } = int.MaxValue;

    /// <summary>What the draws of <see cref="DatabricksEmulator.Faults"/> start from.</summary>
    /// <value>1</value>
    public int FaultSeed { get; set; } = 1;

    /// <summary>How long the delays among <see cref="DatabricksEmulator.Faults"/> last.</summary>
    /// <value>One second</value>
    public TimeSpan FaultPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Receives one line per answered request: method, path, status, milliseconds, endpoint.</summary>
    /// <value>null: nothing is logged</value>
    public Action<string>? RequestLog { get; set; }

    /// <summary>
    /// Whether the workspace enforces Unity Gateway: pay-per-token and provisioned throughput endpoints answer 403 on <c>/serving-endpoints</c>,
    /// and their names answer 501 as <c>model</c> on the gateway. Custom models, external models and agents are not affected.
    /// </summary>
    /// <value>false</value>
    public bool EnforcesUnityGateway { get; set; }

    /// <summary>Whether user and assistant messages must alternate, as Llama 3 once demanded.</summary>
    /// <value>false</value>
    public bool RequiresAlternatingRoles { get; set; }

    /// <summary>Whether <c>name</c> on a message is refused, as before January 2025.</summary>
    /// <value>false</value>
    public bool RefusesMessageNames { get; set; }

    /// <summary>
    /// Whether every family but Gemini enforces the documented limits of schemas: 16 keys in a tool, 64 in a response format,
    /// no <c>anyOf</c>, <c>$ref</c>, <c>pattern</c> and their like.
    /// </summary>
    /// <value>false, because larger schemas are accepted in practice</value>
    public bool EnforcesDocumentedSchemaLimits { get; set; }

    /// <summary>Whether every family accepts <c>parallel_tool_calls</c>; otherwise only OpenAI does.</summary>
    /// <value>false</value>
    public bool AcceptsParallelToolCallsEverywhere { get; set; }

    /// <summary>Whether Claude accepts <c>strict</c> on tools (since August 2026) or refuses it (before).</summary>
    /// <value>false</value>
    public bool ClaudeAcceptsStrictTools { get; set; }

    /// <summary>
    /// Whether Claude refuses a conversation with tool calls that declares no tools; seen on Amazon Bedrock, which hosts it, not on Databricks.
    /// </summary>
    /// <value>true</value>
    public bool ClaudeRequiresToolsAfterCalls { get; set; } = true;

    /// <summary>Whether Claude accepts <c>reasoning_effort</c>; reports disagree.</summary>
    /// <value>false</value>
    public bool ClaudeAcceptsReasoningEffort { get; set; }

    /// <summary>Whether Claude accepts the response format <c>json_object</c>; a first-party test expects it to refuse.</summary>
    /// <value>false</value>
    public bool ClaudeAcceptsJsonObject { get; set; }

    /// <summary>Whether Claude accepts <c>http(s)</c> addresses of images, which one report says it refuses.</summary>
    /// <value>false</value>
    public bool ClaudeAcceptsRemoteImages { get; set; }

    /// <summary>Whether Claude refuses reasoning that did not come from this endpoint or comes back changed.</summary>
    /// <value>true</value>
    public bool ClaudeVerifiesReasoning { get; set; } = true;

    /// <summary>Whether OpenAI and Claude refuse a history in which a tool call has no result; seen on their own hosts.</summary>
    /// <value>true</value>
    public bool RefusesUnansweredToolCalls { get; set; } = true;

    /// <summary>The status for a body over the limit: 4 MiB, or 16 MiB for a classic model. The real one is unseen.</summary>
    /// <value>413; the other candidate is 400</value>
    public int TooLargeStatus { get; set; } = 413;

    /// <summary>Whether Claude refuses <c>temperature</c> together with <c>top_p</c>; seen on its other hosts.</summary>
    /// <value>true</value>
    public bool ClaudeRefusesTemperatureWithTopP { get; set; } = true;

    /// <summary>Whether Gemini refuses the schema words that Google's own API refuses, beyond those seen on Databricks.</summary>
    /// <value>true</value>
    public bool GeminiRefusesGoogleSchemaWords { get; set; } = true;

    /// <summary>Whether Gemini wants the <c>thought_signature</c> of its tool calls back on the next turn.</summary>
    /// <value>true</value>
    public bool GeminiRequiresThoughtSignatures { get; set; } = true;

    /// <summary>What embedding endpoints make of <c>encoding_format</c>; nobody has said.</summary>
    /// <value><see cref="EmulatedEncodingFormat.Honoured"/></value>
    public EmulatedEncodingFormat EncodingFormat { get; set; }

    /// <summary>The most texts of one embedding request. No limit is published; this one is from memory.</summary>
    /// <value>150</value>
    public int MaxEmbeddingInputs { get; set; } = 150;

    /// <summary>How many GETs of an endpoint show a deployment in progress before it ends, unless the endpoint says otherwise.</summary>
    /// <value>1, as in Databricks' own fake</value>
    public int ReadsToDeploy { get; set; } = 1;

    /// <summary>How long the first query waits for an endpoint that was scaled to zero, unless the endpoint says otherwise.</summary>
    /// <value>5 seconds</value>
    public TimeSpan ColdStart { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After which time without queries an endpoint with <c>scale_to_zero_enabled</c> scales to zero by itself.</summary>
    /// <value>null: never</value>
    public TimeSpan? ScaleToZeroAfter { get; set; }

    /// <summary>The status of a query to an endpoint that is not ready yet. The real one is unseen.</summary>
    /// <value>400; the other candidate is 503</value>
    public int NotReadyStatus { get; set; } = 400;

    /// <summary>The most served entities of one endpoint.</summary>
    /// <value>15, as reported; the documentation says 10</value>
    public int MaxServedEntities { get; set; } = 15;

    /// <summary>Whether a change of tags is answered with a bare array, as by older servers.</summary>
    /// <value>false</value>
    public bool AnswersTagsAsArray { get; set; }

    internal DatabricksEmulatorOptions Copy()
    {
        var copy = (DatabricksEmulatorOptions)MemberwiseClone();
        copy.RefusedTokens = [.. TokensWithoutPermission];
        copy.KnownScopes = [.. Scopes];
        copy.FirstFaults = [.. FirstFaults];
        return copy;
    }

    /// <summary>The faults of the command line.</summary>
    internal List<(EmulatedFault Fault, double Probability)> FirstFaults { get; private set; } = [];

    internal IReadOnlyList<string> RefusedTokens { get; private set; } = [];

    internal IReadOnlyList<string> KnownScopes { get; private set; } = [];
}
