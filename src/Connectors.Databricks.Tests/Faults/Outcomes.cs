using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>
/// What comes of each fault, as docs/resilience.md says: the right answer, another one, or an exception that is transient or final, with
/// its status, its code and the inner exception; and after how many requests.
/// </summary>
internal static class Outcomes
{
    // Chat, stream, embeddings, predict, management.
    private static readonly Dictionary<EmulatedFault, string[]> Table = new()
    {
        [EmulatedFault.Throttled] = ["answer /2"],
        [EmulatedFault.Overloaded] = ["answer /2"],
        [EmulatedFault.BadGateway] = ["answer /2"],
        [EmulatedFault.GatewayTimeout] = ["transient 504 /1", "transient 504 /1", "transient 504 /1", "transient 504 /1", "answer /2"],
        [EmulatedFault.Redirect] = ["final 302 /1"],
        [EmulatedFault.DelayedHeaders] = ["answer /1"],
        [EmulatedFault.SlowDrip] = ["answer /1"],
        [EmulatedFault.ByteByByte] = ["answer /1"],
        [EmulatedFault.ResetBeforeHeaders] =
            ["transient broken /1", "transient broken /1", "transient broken /1", "transient broken /1", "answer /2"],
        [EmulatedFault.CloseBeforeHeaders] =
            ["transient broken /1", "transient broken /1", "transient broken /1", "transient broken /1", "answer /2"],
        [EmulatedFault.SilenceBeforeHeaders] = ["transient timeout /1"],
        [EmulatedFault.ResetInHeaders] =
            ["transient broken /1", "transient broken /1", "transient broken /1", "transient broken /1", "answer /2"],
        [EmulatedFault.ResetMidBody] =
            ["transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "answer /2"],
        [EmulatedFault.CloseMidBody] =
            ["transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "answer /2"],
        [EmulatedFault.SilenceMidBody] =
            ["transient timeout /1", "transient 200 timeout /1", "transient timeout /1", "transient timeout /1", "transient timeout /1"],
        [EmulatedFault.InterimResponses] = ["answer /1"],
        [EmulatedFault.HugeHeader] =
            ["transient broken /1", "transient broken /1", "transient broken /1", "transient broken /1", "answer /2"],
        [EmulatedFault.NotHttp] =
            ["transient broken /1", "transient broken /1", "transient broken /1", "transient broken /1", "answer /2"],
        [EmulatedFault.LengthTooLong] =
            ["transient 200 broken /1", "answer /1", "transient 200 broken /1", "transient 200 broken /1", "answer /2"],
        [EmulatedFault.LengthTooShort] =
            ["final 200 no-json /1", "transient 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.BrokenChunks] =
            ["transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "transient 200 broken /1", "answer /2"],
        [EmulatedFault.TruncatedGzip] =
            ["final 200 no-json /1", "transient 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.FalseGzip] = ["final 200 unpacking /1"],
        [EmulatedFault.WrongContentType] = ["answer /1"],
        [EmulatedFault.HtmlPage] = ["final 200 /1"],
        [EmulatedFault.EmptyBody] =
            ["final 200 no-json /1", "transient 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.NoContent] =
            ["final 200 no-json /1", "transient 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.TruncatedJson] =
            ["final 200 no-json /1", "transient 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.GarbageJson] = ["final 200 no-json /1"],

        // In embeddings, the fault corrupts a member that is not read.
        [EmulatedFault.InvalidUtf8] =
            ["final 200 no-json /1", "final 200 no-json /1", "answer /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.DeepJson] =
            ["final 200 no-json /1", "final 200 /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.HugeLine] = ["final 200 /1"],
        [EmulatedFault.DuplicatedEvents] =
            ["final 200 no-json /1", "other /1", "final 200 no-json /1", "final 200 no-json /1", "final 200 no-json /1"],
        [EmulatedFault.ErrorInOkBody] = ["transient 200 INTERNAL_ERROR /1"],
    };

    // When each request meets it.
    private static readonly Dictionary<EmulatedFault, string[]> LastingTable = new()
    {
        [EmulatedFault.Throttled] = ["transient 429 REQUEST_LIMIT_EXCEEDED /3"],
        [EmulatedFault.Overloaded] = ["transient 503 /3"],
        [EmulatedFault.BadGateway] = ["transient 502 /3"],
        [EmulatedFault.GatewayTimeout] =
        [
            "transient 504 /1", "transient 504 /1", "transient 504 /1", "transient 504 /1", "transient 504 /3",
        ],
        [EmulatedFault.Redirect] = ["final 302 /1"],
        [EmulatedFault.HtmlPage] = ["final 200 /1"],
    };

    // An agent may have run tools.
    private static readonly Dictionary<EmulatedFault, string> OfAgents = new()
    {
        [EmulatedFault.Throttled] = "transient 429 REQUEST_LIMIT_EXCEEDED /1",
        [EmulatedFault.Overloaded] = "transient 503 /1",
        [EmulatedFault.BadGateway] = "transient 502 /1",
    };

    public static IEnumerable<EmulatedFault> Lasting => LastingTable.Keys;

    public static string OfLasting(EmulatedFault fault, string surface) => OfAgent(fault, surface) ?? Of(LastingTable[fault], surface);

    public static IEnumerable<EmulatedFault> Faults => Table.Keys;

    public static string Of(EmulatedFault fault, string surface) => OfAgent(fault, surface) ?? Of(Table[fault], surface);

    private static string? OfAgent(EmulatedFault fault, string surface) =>
        Surface.IsAgent(surface) ? OfAgents.GetValueOrDefault(fault) : null;

    private static string Of(string[] outcomes, string surface) =>
        outcomes is [var all] ? all : outcomes[Array.IndexOf(Surface.Kinds, Surface.Kind(surface))];
}
