' What LibreOffice does with a paper: opens it without running anything in it, takes out what is not for the room (tracked
' changes, comments, hidden sheets), makes wide sheets fit, and prints a PDF. What it found is told in a report, a line each:
' code, tab, how many or which. Called by office.py, which gives everything in the environment.

Dim report As Integer
Dim one(2, 255) As Long ' what a character of an old font means: scheme (1 ABC, 2 VNI), code
Dim two(255, 255) As Long ' … and of VNI a letter with its mark
Dim changed As Long

Sub Main
  Dim doc As Object
  EnableReschedule(False) ' else windows for comments are opened, which a server has not
  report = FreeFile
  Open Environ("PAPER_REPORT") For Output As #report
  On Error GoTo Failed
  doc = Opened(ConvertToURL(Environ("PAPER_SOURCE")))
  If IsNull(doc) Then
    Tell "not_opened", ""
  Else
    If doc.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
      Workbook doc
    ElseIf doc.supportsService("com.sun.star.presentation.PresentationDocument") Then
      Slides doc
    ElseIf doc.supportsService("com.sun.star.text.GenericTextDocument") Then
      Text doc
    End If
    If Environ("PAPER_LETTERS") <> "" Then OldLetters doc
    Print_ doc
  End If
Ending:
  On Error Resume Next
  Close #report
  StarDesktop.terminate
  Exit Sub
Failed:
  Tell "error", Error(Err) & " in line " & Erl
  Resume Ending
End Sub

Sub Tell(code As String, detail As String)
  Print #report, code & Chr(9) & detail
End Sub

Function Opened(url As String) As Object
  Dim how(3) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  how(1).Name = "MacroExecutionMode"
  how(1).Value = com.sun.star.document.MacroExecMode.NEVER_EXECUTE
  how(2).Name = "UpdateDocMode"
  how(2).Value = com.sun.star.document.UpdateDocMode.NO_UPDATE
  how(3).Name = "Silent"
  how(3).Value = True
  Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, how())
End Function

Sub Print_(doc As Object)
  Dim data(4) As New com.sun.star.beans.PropertyValue
  Dim how(1) As New com.sun.star.beans.PropertyValue
  data(0).Name = "PageRange"
  data(0).Value = Environ("PAPER_PAGES")
  data(1).Name = "ExportNotes"
  data(1).Value = False
  data(2).Name = "ExportNotesPages"
  data(2).Value = False
  data(3).Name = "ExportNotesInMargin"
  data(3).Value = False
  data(4).Name = "ExportHiddenSlides"
  data(4).Value = False
  how(0).Name = "FilterName"
  how(0).Value = Environ("PAPER_FILTER")
  how(1).Name = "FilterData"
  how(1).Value = data()
  doc.storeToURL(ConvertToURL(Environ("PAPER_TARGET")), how())
End Sub

' Texts

Sub Text(doc As Object)
  Dim fields As Object, field As Object, comments As Long, dates As Long, tracked As Boolean
  On Error Resume Next
  tracked = False
  tracked = doc.Redlines.createEnumeration().hasMoreElements()
  If tracked Then
    Tell "tracked_changes", ""
    doc.RecordChanges = False
    doc.RedlineProtectionKey = Array()
    Dispatch doc, ".uno:AcceptAllTrackedChanges"
    doc.ShowChanges = False ' should one be left, it is not drawn as struck out
  End If
  fields = doc.TextFields.createEnumeration()
  Do While fields.hasMoreElements()
    field = fields.nextElement()
    If field.supportsService("com.sun.star.text.textfield.Annotation") Or field.supportsService("com.sun.star.text.TextField.Annotation") Then
      comments = comments + 1
    ElseIf field.supportsService("com.sun.star.text.textfield.DateTime") Or field.supportsService("com.sun.star.text.TextField.DateTime") Then
      If Not field.IsFixed Then dates = dates + 1
    ElseIf field.supportsService("com.sun.star.text.textfield.FileName") Or field.supportsService("com.sun.star.text.TextField.FileName") Then
      If field.FileFormat < 2 Then field.FileFormat = 3 ' FULL, PATH → NAME_AND_EXT: nobody is told the server's folders
    End If
  Loop
  If comments > 0 Then Tell "comments", CStr(comments)
  If dates > 0 Then Tell "date_fields", CStr(dates)
End Sub

Sub Dispatch(doc As Object, what As String)
  Dim helper As Object
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(doc.CurrentController.Frame, what, "", 0, Array())
End Sub

' Slides

Sub Slides(doc As Object)
  Dim n As Long, slide As Object, found As Object
  Dim hidden As Long, comments As Long, notes As Long, has As Boolean
  On Error Resume Next
  For n = 0 To doc.DrawPages.Count - 1
    slide = doc.DrawPages(n)
    If Not slide.Visible Then hidden = hidden + 1
    found = slide.createAnnotationEnumeration()
    Do While found.hasMoreElements()
      found.nextElement()
      comments = comments + 1
    Loop
    has = False ' an error in a condition would go on as if it were true
    has = HasNotes(slide.NotesPage)
    If has Then notes = notes + 1
  Next n
  If hidden > 0 Then Tell "hidden_slides", CStr(hidden)
  If comments > 0 Then Tell "comments", CStr(comments)
  If notes > 0 Then Tell "speaker_notes", CStr(notes)
  SlideDates doc
End Sub

Function HasNotes(page As Object) As Boolean
  Dim n As Long, shape As Object
  HasNotes = False
  For n = 0 To page.Count - 1
    shape = page(n)
    If shape.ShapeType = "com.sun.star.presentation.NotesShape" Then
      If Not shape.IsEmptyPresentationObject Then HasNotes = HasNotes Or Len(Trim(shape.String)) > 0
    End If
  Next n
End Function

Sub SlideDates(doc As Object)
  Dim n As Long, slide As Object, dates As Long, has As Boolean
  On Error Resume Next
  For n = 0 To doc.DrawPages.Count - 1
    slide = doc.DrawPages(n)
    If slide.Visible Then
      dates = dates + DatesOn(slide)
      has = False
      has = slide.IsDateTimeVisible
      If has Then
        If Not slide.IsDateTimeFixed Then dates = dates + 1
      End If
    End If
  Next n
  For n = 0 To doc.MasterPages.Count - 1
    dates = dates + DatesOn(doc.MasterPages(n))
  Next n
  If dates > 0 Then Tell "date_fields", CStr(dates)
End Sub

' How many fields on a page become today's date. The place for the date on a master is each slide's own affair.
Function DatesOn(page As Object) As Long
  Dim n As Long, row As Long, column As Long, shape As Object, found As Long
  On Error Resume Next
  For n = 0 To page.Count - 1
    shape = page(n)
    If shape.supportsService("com.sun.star.drawing.GroupShape") Then
      found = found + DatesOn(shape)
    ElseIf shape.supportsService("com.sun.star.drawing.TableShape") Then
      For row = 0 To shape.Model.RowCount - 1
        For column = 0 To shape.Model.ColumnCount - 1
          found = found + DatesIn(shape.Model.getCellByPosition(column, row))
        Next column
      Next row
    ElseIf shape.ShapeType <> "com.sun.star.presentation.DateTimeShape" Then
      If shape.supportsService("com.sun.star.drawing.Text") Then found = found + DatesIn(shape)
    End If
  Next n
  DatesOn = found
End Function

' Of a text in a shape or in the head of a sheet; a file's name there loses the way to it.
Function DatesIn(text As Object) As Long
  Dim paragraphs As Object, portions As Object, portion As Object, field As Object, found As Long, fixed As Boolean
  Dim named(9) As Object, count As Long, n As Long
  On Error Resume Next
  paragraphs = text.createEnumeration()
  If IsNull(paragraphs) Then Exit Function ' an error in a condition would go on for ever
  Do While paragraphs.hasMoreElements()
    portions = paragraphs.nextElement().createEnumeration()
    If IsNull(portions) Then Exit Function
    Do While portions.hasMoreElements()
      portion = portions.nextElement()
      If portion.TextPortionType = "TextField" Then
        field = portion.TextField
        If field.supportsService("com.sun.star.text.textfield.DateTime") Then
          fixed = False ' in the head of a sheet a field has no such property
          fixed = field.IsFixed
          If Not fixed Then found = found + 1
        ElseIf field.supportsService("com.sun.star.text.textfield.FileName") Then
          If field.FileFormat < 2 Then
            named(count) = portion
            If count < 9 Then count = count + 1
          End If
        End If
      End If
    Loop
  Loop
  For n = count - 1 To 0 Step -1 ' what is written anew moves what follows
    named(n).String = Dir(Environ("PAPER_SOURCE"))
  Next n
  DatesIn = found
End Function

' Workbooks

Sub Workbook(doc As Object)
  Dim n As Long, k As Long, sheet As Object, comments As Long, today As Long, anew As Long
  On Error Resume Next
  For n = 0 To doc.Sheets.Count - 1
    sheet = doc.Sheets(n)
    comments = comments + sheet.Annotations.Count
    If sheet.IsVisible Then
      For k = 0 To sheet.Annotations.Count - 1
        sheet.Annotations(k).IsVisible = False
      Next k
      FitToWidth doc, sheet
      CountVolatile sheet, today, anew
      today = today + DatesInHead(doc, sheet)
    Else
      Tell "hidden_sheets", sheet.Name
      sheet.setPrintAreas(Array())
    End If
  Next n
  If comments > 0 Then Tell "comments", CStr(comments)
  If today > 0 Then Tell "date_fields", CStr(today)
  If anew > 0 Then Tell "computed_anew", CStr(anew)
End Sub

' How many dates stand in the heads and feet of a sheet. Of these no file has a saved text.
Function DatesInHead(doc As Object, sheet As Object) As Long
  Dim style As Object, names, n As Long, found As Long, on_ As Boolean, own As Boolean
  On Error Resume Next
  style = doc.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
  names = Array("Header", "Footer")
  For n = 0 To 1
    on_ = False
    on_ = style.getPropertyValue(names(n) & "IsOn")
    If on_ Then
      found = found + DatesInContent(style, "RightPage" & names(n) & "Content")
      own = Not style.getPropertyValue(names(n) & "IsShared")
      If own Then found = found + DatesInContent(style, "LeftPage" & names(n) & "Content")
      own = Not style.getPropertyValue("FirstPage" & names(n) & "IsShared")
      If own Then found = found + DatesInContent(style, "FirstPage" & names(n) & "Content")
    End If
  Next n
  DatesInHead = found
End Function

Function DatesInContent(style As Object, name As String) As Long
  Dim content As Object
  On Error Resume Next
  content = style.getPropertyValue(name)
  DatesInContent = DatesIn(content.LeftText) + DatesIn(content.CenterText) + DatesIn(content.RightText)
  style.setPropertyValue(name, content)
End Function

' How many cells ask what day it is, and how many are drawn by lot or look elsewhere each time: in an old workbook (newer
' ones have the saved value, saved_fields.py), among the first 20,000.
Sub CountVolatile(sheet As Object, today As Long, anew As Long)
  Dim cells As Object, cell As Object, words As String, folder As String, seen As Long, old As Boolean
  old = LCase(Right(Environ("PAPER_SOURCE"), 4)) = ".xls"
  folder = ConvertToURL(Environ("PAPER_SOURCE"))
  folder = Left(folder, Len(folder) - Len(Dir(Environ("PAPER_SOURCE"))))
  cells = sheet.queryContentCells(com.sun.star.sheet.CellFlags.FORMULA).Cells.createEnumeration()
  Do While cells.hasMoreElements() And seen < 20000
    cell = cells.nextElement()
    words = UCase(cell.Formula)
    seen = seen + 1
    If InStr(words, "CELL(") > 0 Then
      If InStr(cell.String, folder) > 0 Then cell.String = Join(Split(cell.String, folder), "")
    End If
    If InStr(words, "TODAY(") > 0 Or InStr(words, "NOW(") > 0 Then
      today = today + 1
    ElseIf InStr(words, "RAND(") > 0 Or InStr(words, "RANDBETWEEN(") > 0 Then
      anew = anew + 1
    ElseIf old And (InStr(words, "OFFSET(") > 0 Or InStr(words, "INDIRECT(") > 0) Then
      anew = anew + 1
    End If
  Loop
End Sub

' What the author chose stays where it is one page wide, or where he gave the columns to the pages himself and the names of the
' rows go along. A sheet between one page and 1.25 pages wide is made smaller; a wider one is turned as well; one that could
' not be read any more goes over several pages, with its first column on each.
Sub FitToWidth(doc As Object, sheet As Object)
  Dim style As Object, wide As Double, room As Double, across As Long
  Dim place As New com.sun.star.table.CellRangeAddress
  style = doc.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
  If style.ScaleToPages > 0 Or style.ScaleToPagesX > 0 Then Exit Sub
  wide = WidthOf(sheet)
  room = style.Width - style.LeftMargin - style.RightMargin
  If wide * style.PageScale / 100 <= room + 20 Then Exit Sub
  If sheet.PrintTitleColumns And HasManualBreaks(sheet) Then Exit Sub
  style = OwnStyle(doc, sheet, style)
  If Not style.IsLandscape And wide > 1.25 * room Then
    If style.Width < style.Height Then
      room = style.Height - style.LeftMargin - style.RightMargin
      Turn style
    End If
  End If
  across = 1
  If wide > room / 0.35 Then
    across = Int(wide * 0.5 / room) + 1
    If Not sheet.PrintTitleColumns Then
      place.Sheet = sheet.RangeAddress.Sheet
      place.StartColumn = FirstColumn(sheet)
      place.EndColumn = place.StartColumn
      sheet.setTitleColumns(place)
      sheet.setPrintTitleColumns(True)
    End If
  End If
  If wide > room / 0.6 Then Tell "wide_sheet", sheet.Name
  style.ScaleToPagesX = across
  style.ScaleToPagesY = 0
End Sub

Sub Turn(style As Object)
  Dim height As Long, width As Long
  height = style.Height
  width = style.Width
  style.IsLandscape = True
  style.Width = height
  style.Height = width
End Sub

' In hundredths of a millimetre, from the first column that is printed to the last.
Function WidthOf(sheet As Object) As Double
  Dim areas, n As Long, wide As Double, edge As Double, found As Object, shape As Object
  areas = sheet.getPrintAreas()
  If UBound(areas) >= 0 Then
    For n = 0 To UBound(areas)
      edge = Across(sheet, areas(n).StartColumn, areas(n).EndColumn)
      If edge > wide Then wide = edge
    Next n
  Else
    wide = Across(sheet, FirstColumn(sheet), LastColumn(sheet))
    For n = 0 To sheet.DrawPage.Count - 1
      shape = sheet.DrawPage(n)
      If Not shape.supportsService("com.sun.star.drawing.CaptionShape") Then
        edge = shape.Position.X + shape.Size.Width
        If edge > wide Then wide = edge
      End If
    Next n
  End If
  WidthOf = wide
End Function

Function Across(sheet As Object, first As Long, last As Long) As Double
  Dim n As Long, wide As Double, column As Object
  For n = first To last
    column = sheet.Columns(n)
    If column.IsVisible Then wide = wide + column.Width
  Next n
  Across = wide
End Function

Function Contents(sheet As Object)
  Contents = sheet.queryContentCells(1 + 2 + 4 + 16).RangeAddresses ' values, dates, strings, formulas
End Function

Function LastColumn(sheet As Object) As Long
  Dim all, n As Long, last As Long
  all = Contents(sheet)
  For n = 0 To UBound(all)
    If all(n).EndColumn > last Then last = all(n).EndColumn
  Next n
  LastColumn = last
End Function

' LibreOffice prints from the first column on, whatever stands in it.
Function FirstColumn(sheet As Object) As Long
  Dim areas
  areas = sheet.getPrintAreas()
  FirstColumn = 0
  If UBound(areas) >= 0 Then FirstColumn = areas(0).StartColumn
End Function

Function HasManualBreaks(sheet As Object) As Boolean
  Dim breaks, n As Long
  breaks = sheet.getColumnPageBreaks()
  HasManualBreaks = False
  For n = 0 To UBound(breaks)
    If breaks(n).ManualBreak Then HasManualBreaks = True
  Next n
End Function

' Sheets of an ODS share their style, and one is not turned for another.
Function OwnStyle(doc As Object, sheet As Object, style As Object) As Object
  Dim n As Long, users As Long, own As Object, all, name As String
  OwnStyle = style
  For n = 0 To doc.Sheets.Count - 1
    If doc.Sheets(n).PageStyle = sheet.PageStyle Then users = users + 1
  Next n
  If users < 2 Then Exit Function
  name = "Own " & sheet.RangeAddress.Sheet
  own = doc.createInstance("com.sun.star.style.PageStyle")
  doc.StyleFamilies.getByName("PageStyles").insertByName(name, own)
  On Error Resume Next
  all = style.PropertySetInfo.Properties
  For n = 0 To UBound(all)
    own.setPropertyValue(all(n).Name, style.getPropertyValue(all(n).Name))
  Next n
  sheet.PageStyle = name
  OwnStyle = own
End Function

' Letters of old fonts

Sub OldLetters(doc As Object)
  Dim n As Long, k As Long, style As Object, names, found As Object
  On Error Resume Next
  ReadLetters
  If doc.supportsService("com.sun.star.text.GenericTextDocument") Then
    InText doc.Text
    For n = 0 To doc.TextFrames.Count - 1
      InText doc.TextFrames(n)
    Next n
    For n = 0 To doc.Footnotes.Count - 1
      InText doc.Footnotes(n)
    Next n
    For n = 0 To doc.Endnotes.Count - 1
      InText doc.Endnotes(n)
    Next n
    names = Array("HeaderText", "HeaderTextLeft", "HeaderTextFirst", "FooterText", "FooterTextLeft", "FooterTextFirst")
    For n = 0 To doc.StyleFamilies.getByName("PageStyles").Count - 1
      style = doc.StyleFamilies.getByName("PageStyles").getByIndex(n)
      If style.isInUse() Then
        For k = 0 To UBound(names)
          InText style.getPropertyValue(names(k))
        Next k
      End If
    Next n
    InShapes doc.DrawPage
  ElseIf doc.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
    For n = 0 To doc.Sheets.Count - 1
      If doc.Sheets(n).IsVisible Then
        found = doc.Sheets(n).queryContentCells(4).Cells.createEnumeration()
        Do While found.hasMoreElements()
          InText found.nextElement()
        Loop
        InShapes doc.Sheets(n).DrawPage
      End If
    Next n
  Else
    For n = 0 To doc.DrawPages.Count - 1
      InShapes doc.DrawPages(n)
    Next n
    For n = 0 To doc.MasterPages.Count - 1
      InShapes doc.MasterPages(n)
    Next n
  End If
  If changed > 0 Then Tell "old_letters", ""
End Sub

Sub ReadLetters
  Dim file As Integer, words As String, part
  file = FreeFile
  Open Environ("PAPER_LETTERS") For Input As #file
  Do While Not EOF(file)
    Line Input #file, words
    part = Split(words, " ")
    If UBound(part) = 3 Then
      If CLng(part(2)) = 0 Then
        one(CLng(part(0)), CLng(part(1))) = CLng(part(3))
      Else
        two(CLng(part(1)), CLng(part(2))) = CLng(part(3))
      End If
    End If
  Loop
  Close #file
End Sub

Sub InShapes(page As Object)
  Dim n As Long, k As Long, shape As Object
  On Error Resume Next
  For n = 0 To page.Count - 1
    shape = page(n)
    If shape.supportsService("com.sun.star.drawing.GroupShape") Then
      InShapes shape
    ElseIf shape.supportsService("com.sun.star.drawing.TableShape") Then
      InTable shape.Model
    ElseIf shape.supportsService("com.sun.star.drawing.Text") Then
      InText shape
    End If
  Next n
End Sub

Sub InTable(table As Object)
  Dim row As Long, column As Long
  On Error Resume Next
  For row = 0 To table.RowCount - 1
    For column = 0 To table.ColumnCount - 1
      InText table.getCellByPosition(column, row)
    Next column
  Next row
End Sub

Sub InText(text As Object)
  Dim paragraphs As Object, paragraph As Object, portions As Object, names, n As Long, count As Long
  Dim found(0) As Object
  On Error Resume Next
  paragraphs = text.createEnumeration()
  Do While paragraphs.hasMoreElements()
    paragraph = paragraphs.nextElement()
    If paragraph.supportsService("com.sun.star.text.TextTable") Then
      names = paragraph.CellNames
      For n = 0 To UBound(names)
        InText paragraph.getCellByName(names(n))
      Next n
    Else
      ' From the last to the first: what is written anew moves what follows.
      count = 0
      portions = paragraph.createEnumeration()
      Do While portions.hasMoreElements()
        If count > UBound(found) Then ReDim Preserve found(2 * count)
        found(count) = portions.nextElement()
        count = count + 1
      Loop
      For n = count - 1 To 0 Step -1
        InPortion found(n)
      Next n
    End If
  Loop
End Sub

Sub InPortion(portion As Object)
  Dim font As String, now As String, words As String
  If portion.TextPortionType <> "Text" Then Exit Sub
  font = portion.CharFontName
  If SchemeOf(font) = 0 Then Exit Sub
  words = portion.String
  now = Modern(words, SchemeOf(font))
  If SchemeOf(font) = 1 And Right(font, 1) = "H" Then now = UCase(now)
  portion.CharFontName = ModernFont(font)
  If now <> words Then
    Rewrite portion, now, Len(words)
    changed = changed + 1
  End If
End Sub

' The new words are put behind the first character, so that they look like it, and the old ones are taken away around them.
Sub Rewrite(portion As Object, words As String, length As Long)
  Dim text As Object, place As Object
  text = portion.Text
  place = text.createTextCursorByRange(portion.Start)
  place.goRight(1, False)
  text.insertString(place, words, False)
  If length > 1 Then
    place.goRight(length - 1, True)
    place.String = ""
  End If
  place.goLeft(Len(words), False)
  place.goLeft(1, True)
  place.String = ""
End Sub

Function SchemeOf(font As String) As Integer
  SchemeOf = 0
  If Left(font, 3) = ".Vn" Then SchemeOf = 1
  If Left(font, 4) = "VNI-" Then SchemeOf = 2
End Function

Function ModernFont(font As String) As String
  ModernFont = "Times New Roman"
  If InStr(font, "Arial") > 0 Or InStr(font, "Helve") > 0 Or InStr(font, "Avant") > 0 Then ModernFont = "Arial"
End Function

' What has letters that only Unicode has was written in Unicode, whatever its font is called.
Function Modern(words As String, scheme As Integer) As String
  Dim n As Long, code As Long, following As Long, letter As Long, out As String
  For n = 1 To Len(words)
    code = CodeAt(words, n)
    If code > 255 And code < 8192 Then
      Modern = words
      Exit Function
    End If
    following = 0
    If n < Len(words) Then following = CodeAt(words, n + 1)
    If following > 255 Then following = 0
    letter = 0
    If code < 256 Then ' Basic looks at both sides of an And
      If scheme = 2 Then letter = two(code, following)
      If letter > 0 Then
        n = n + 1
      Else
        letter = one(scheme, code)
      End If
    End If
    If letter > 0 Then out = out & Chr(letter) Else out = out & Mid(words, n, 1)
  Next n
  Modern = out
End Function

' Fonts for symbols move their characters to U+F000.
Function CodeAt(words As String, n As Long) As Long
  Dim code As Long
  code = Asc(Mid(words, n, 1))
  If code < 0 Then code = code + 65536
  If code >= 61440 And code <= 61695 Then code = code - 61440
  CodeAt = code
End Function
