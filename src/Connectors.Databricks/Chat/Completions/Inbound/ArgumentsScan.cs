namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Finds the end of the JSON object in the arguments of a tool call, incrementally. It goes on where it stopped when more has come, so that
/// a call of a thousand fragments is looked at once and not a thousand times.
/// </summary>
internal struct ArgumentsScan
{
    private int _position;
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;
    private State _state;

    private enum State
    {
        /// <summary>Only white space so far.</summary>
        Empty,
        Inside,
        Closed,

        /// <summary>Not a single object; further text cannot change that.</summary>
        Other,
    }

    /// <summary>Scans the text that was added since the last scan.</summary>
    /// <returns>
    /// True when the text is empty; null when its brackets form an object, which a parser must confirm; otherwise false.
    /// </returns>
    public bool? Advance(ReadOnlySpan<byte> text)
    {
        for (; _position < text.Length && _state != State.Other; _position++)
        {
            Take(text[_position]);
        }

        return _state switch
        {
            State.Empty => true,
            State.Closed => null,
            _ => false,
        };
    }

    private void Take(byte value)
    {
        if (_isInString)
        {
            (_isInString, _isEscaped) = (_isEscaped || value != '"', !_isEscaped && value == '\\');
        }
        else if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            TakeStructure(value);
        }
    }

    private void TakeStructure(byte value)
    {
        if (_state != State.Inside)
        {
            (_state, _depth) = _state == State.Empty && value == '{' ? (State.Inside, 1) : (State.Other, 0);
            return;
        }

        _isInString = value == '"';
        _depth += value switch
        {
            (byte)'{' or (byte)'[' => 1,
            (byte)'}' or (byte)']' => -1,
            _ => 0,
        };
        _state = _depth == 0 ? State.Closed : State.Inside;
    }
}
